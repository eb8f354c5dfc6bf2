using System.Reflection;
using DataToEvents.Standins.Tests.Runtime;
using DataToEvents.Standins.Tests.Sdk;
using Microsoft.CodeAnalysis;

namespace DataToEvents.Standins.Tests.Generator;

/// <summary>The generated Main, run in this process against a fake Runtime API.</summary>
[Collection(WholeEnvironment.Name)]
public sealed class ProgramTests : IAsyncLifetime
{
    public const string GenerateMain =
        "[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer))] [assembly: Amazon.Lambda.Annotations.LambdaGlobalProperties(GenerateMain = true)]";

    private const string Functions = """
        namespace Shop
        {
            [LambdaStartup]
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    if (Environment.GetEnvironmentVariable("SHOP_FAILS") == "true")
                    {
                        throw new InvalidOperationException("no table named");
                    }
                }
            }

            public class Function
            {
                [LambdaFunction] public Task<int> Double(int e, ILambdaContext c) => Task.FromResult(2 * e);
                [LambdaFunction] public Task Ignore(int e, ILambdaContext c) => Task.CompletedTask;
                [LambdaFunction] public Task IgnoreAlone(int e) => Task.CompletedTask;
                [LambdaFunction] public int Triple(int e) => 3 * e;
                [LambdaFunction] public void Drop(int e) { }
                [LambdaFunction] public async Task<string> Copy(Stream e) => await new StreamReader(e).ReadToEndAsync();
            }

            public class Web
            {
                [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/{id}")] public IHttpResult Show(string id) => HttpResults.Ok(id);
                [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/async/{id}")] public Task<string> Say(string id) => Task.FromResult(id);
            }
        }
        """;

    private static readonly Assembly Program = Compiled.From(Functions, GenerateMain, OutputKind.ConsoleApplication).Load();

    private readonly FakeRuntimeApi _api = new();
    private readonly TextWriter _console = Console.Out;

    public Task InitializeAsync()
    {
        Console.SetOut(TextWriter.Null);
        Environment.SetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API", _api.Endpoint);
        Environment.SetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE", "true");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var name in new[] { "AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE", "ANNOTATIONS_HANDLER", "SHOP_FAILS" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Console.SetOut(_console);
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("Double", "4", "8")]
    [InlineData("Ignore", "4", "")]
    [InlineData("IgnoreAlone", "4", "")]
    [InlineData("Triple", "4", "12")]
    [InlineData("Drop", "4", "")]
    [InlineData("Copy", "4", "\"4\"")]
    [InlineData("Show", """{"pathParameters":{"id":"a"}}""", """{"statusCode":200,"headers":{"content-type":"text/plain"},"body":"a","isBase64Encoded":false}""")]
    [InlineData("Say", """{"pathParameters":{"id":"a"}}""", """{"statusCode":200,"headers":{"Content-Type":"text/plain"},"body":"a","isBase64Encoded":false}""")]
    public async Task The_function_that_the_environment_names_answers(string handler, string request, string answer)
    {
        _api.Put(request, "id-1");

        await MainAsync(handler);

        (await _api.NextPostAsync()).Should().BeEquivalentTo(new { Path = "/invocation/id-1/response", Body = answer });
    }

    [Fact]
    public async Task As_with_the_package_a_startup_that_fails_ends_the_program_before_anybody_asks_the_Runtime_API()
    {
        Environment.SetEnvironmentVariable("SHOP_FAILS", "true");

        await FluentActions.Awaiting(() => MainAsync("Double")).Should().ThrowAsync<InvalidOperationException>().WithMessage("no table named");

        _api.Posts.Should().Be(0);
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData(null)]
    public async Task As_with_the_package_a_name_of_no_function_ends_the_program_without_a_word(string? handler)
    {
        await MainAsync(handler);

        _api.Posts.Should().Be(0);
    }

    private static Task MainAsync(string? handler)
    {
        Environment.SetEnvironmentVariable("ANNOTATIONS_HANDLER", handler);
        return (Task)Program.GetType("Shop.GeneratedProgram", throwOnError: true)!.GetMethod("Main")!.Invoke(null, [Array.Empty<string>()])!;
    }
}
