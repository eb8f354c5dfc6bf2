using Microsoft.CodeAnalysis;

namespace DataToEvents.Standins.Tests.Generator;

/// <summary>What is not supported is said by an id, at its place, and nothing is generated.</summary>
public sealed class DiagnosticTests
{
    private const string Startup = "namespace Shop { [LambdaStartup] public class Startup { public void ConfigureServices(IServiceCollection services) { } } }";

    [Theory]
    [InlineData("public class Function { [LambdaFunction] public static int Handle(int e) => e; }", "DTE001", "static")]
    [InlineData("public class Function { [LambdaFunction] private int Handle(int e) => e; }", "DTE001", "private")]
    [InlineData("public class Function { [LambdaFunction] protected int Handle(int e) => e; }", "DTE001", "private or protected")]
    [InlineData("public class Function { [LambdaFunction] public int Handle<T>(int e) => e; }", "DTE001", "generic")]
    [InlineData("public static class Function { [LambdaFunction] public static int Handle(int e) => e; }", "DTE002", "static")]
    [InlineData("public abstract class Function { [LambdaFunction] public abstract int Handle(int e); }", "DTE002", "abstract")]
    [InlineData("public class Function<T> { [LambdaFunction] public int Handle(int e) => e; }", "DTE002", "generic")]
    [InlineData("public class Outer { public class Function { [LambdaFunction] public int Handle(int e) => e; } }", "DTE002", "nested")]
    [InlineData("public class Function { [LambdaFunction] public int Handle() => 1; }", "DTE006", "takes one event")]
    [InlineData("public class Function { [LambdaFunction] public int Handle(int a, int b) => a; }", "DTE006", "'b'")]
    [InlineData("public class Function { [LambdaFunction] public int Handle(ILambdaContext c, int e) => e; }", "DTE006", "takes one event")]
    [InlineData("public class Function { [LambdaFunction] public int Handle(int e, [FromQuery] int q) => e; }", "DTE006", "only functions marked [HttpApi]")]
    [InlineData("public class Function { [LambdaFunction] public int Handle(ref int e) => e; }", "DTE006", "by reference")]
    [InlineData("public class Function { [LambdaFunction] public int Handle(int e, [FromServices] IDisposable s) => e; }", "DTE006", "[LambdaStartup]")]
    [InlineData("public class Function { [LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/\")] public int Handle(string q) => 1; }", "DTE006", "say where it comes from")]
    [InlineData("public class Function { [LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/\")] public int Handle([FromQuery] List<int> q) => 1; }", "DTE006", "cannot be made from text")]
    [InlineData("public class Function { [LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/\")] public int Handle([FromQuery] int q = 5) => q; }", "DTE006", "default(T)")]
    [InlineData("public class Function { [LambdaFunction, RestApi] public int Handle(int e) => e; }", "DTE007", "[RestApi]")]
    [InlineData("public class Function { [LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/\", Version = HttpApiVersion.V1)] public int Handle() => 1; }", "DTE007", "V1")]
    [InlineData("public class Function { [LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/{id}\")] public int Handle() => 1; }", "DTE009", "'id'")]
    [InlineData("public class Function { [LambdaFunction] public IHttpResult Handle(int e) => HttpResults.Ok(); }", "DTE010", "[HttpApi]")]
    [InlineData("public class Function { [LambdaFunction] public ValueTask<int> Handle(int e) => new(e); }", "DTE010", "Task<T>")]
    [InlineData("public class Function { [LambdaFunction] public async void Handle(int e) => await Task.Yield(); }", "DTE010", "awaits")]
    [InlineData("public class Function(int i) { [LambdaFunction] public int Handle(int e) => i; }", "DTE012", "[LambdaStartup]")]
    public void A_function_of_an_unsupported_shape_is_refused(string source, string id, string says)
    {
        var compiled = Compiled.From($$"""
            namespace Amazon.Lambda.Annotations.APIGateway { public class RestApiAttribute : Attribute; }
            namespace Shop { {{source}} }
            """);

        compiled.Ids.Should().Equal(id);
        compiled.Message.Should().Contain(says).And.MatchRegex("Handle|Function");
        compiled.Diagnostics[0].Location.GetLineSpan().StartLinePosition.Line.Should().Be(1);
        compiled.Driver.GetRunResult().GeneratedTrees.Should().BeEmpty();
    }

    [Fact]
    public void A_class_needs_a_namespace() =>
        Compiled.From("public class Function { [LambdaFunction] public int Handle(int e) => e; }").Message.Should().Contain("in no namespace");

    [Fact]
    public void A_serializer_has_to_be_named_by_the_assembly_or_the_method()
    {
        Compiled.From("namespace Shop { public class Function { [LambdaFunction] public int Handle(int e) => e; } }", assemblyAttributes: null)
            .Ids.Should().Equal("DTE003");
        Compiled.From("namespace Shop { public class Function { [LambdaFunction, LambdaSerializer(typeof(DefaultLambdaJsonSerializer))] public int Handle(int e) => e; } }", assemblyAttributes: null)
            .Load().GetType("Shop.Function_Handle_Generated").Should().NotBeNull();
    }

    [Fact]
    public void Several_startups_are_refused_each() =>
        Compiled.From(Startup + Startup.Replace("Startup ", "Other ") + "namespace Shop { public class Function { [LambdaFunction] public int Handle(int e) => e; } }")
            .Ids.Should().Equal("DTE004", "DTE004");

    [Theory]
    [InlineData("public class Startup { }", "ConfigureServices")]
    [InlineData("public class Startup { public void ConfigureServices(string services) { } }", "ConfigureServices")]
    [InlineData("public class Startup { public static void ConfigureServices(IServiceCollection services) { } }", "ConfigureServices")]
    [InlineData("public class Startup { private void ConfigureServices(IServiceCollection services) { } }", "ConfigureServices")]
    [InlineData("public class Startup(int i) { public void ConfigureServices(IServiceCollection services) => services.Add(null!); public int I => i; }", "constructor")]
    [InlineData("public static class Startup { public static void ConfigureServices(IServiceCollection services) { } }", "plain class")]
    public void A_startup_of_an_unsupported_shape_is_refused(string startup, string says)
    {
        var compiled = Compiled.From($"namespace Shop {{ [LambdaStartup] {startup} public class Function {{ [LambdaFunction] public int Handle(int e) => e; }} }}");

        compiled.Ids.Should().Equal("DTE005");
        compiled.Message.Should().Contain("'Startup'").And.Contain(says);
    }

    [Fact]
    public void Two_handlers_of_one_name_are_refused()
    {
        Compiled.From("namespace Shop { public class Function { [LambdaFunction] public int Handle(int e) => e; [LambdaFunction] public int Handle(string e) => 1; } }")
            .Ids.Should().Equal("DTE008");
        Compiled.From(
                "namespace Shop { public class A { [LambdaFunction] public int Handle(int e) => e; } public class B { [LambdaFunction] public int Handle(int e) => e; } }",
                ProgramTests.GenerateMain,
                OutputKind.ConsoleApplication)
            .Ids.Should().Equal("DTE008");
    }

    [Fact]
    public void A_program_needs_an_executable_a_bootstrap_and_a_function()
    {
        const string function = "namespace Shop { public class Function { [LambdaFunction] public int Handle(int e) => e; } }";

        Compiled.From(function, ProgramTests.GenerateMain).Message.Should().Contain("OutputType");
        Compiled.From("", ProgramTests.GenerateMain, OutputKind.ConsoleApplication).Message.Should().Contain("no method is marked");
        Compiled.From(function, ProgramTests.GenerateMain, OutputKind.ConsoleApplication, path => !path.EndsWith("RuntimeSupport.dll", StringComparison.Ordinal))
            .Message.Should().Contain("Amazon.Lambda.RuntimeSupport");
    }

    [Theory]
    [InlineData("Task<Stream> Handle(Stream e) => Task.FromResult(e)")]
    [InlineData("Task Handle(Stream e, ILambdaContext c) => Task.CompletedTask")]
    public void A_stream_that_the_bootstrap_could_take_two_ways_is_refused(string method) =>
        Compiled.From($"namespace Shop {{ public class Function {{ [LambdaFunction] public {method}; }} }}", ProgramTests.GenerateMain, OutputKind.ConsoleApplication)
            .Message.Should().Contain("CS0121");

    [Fact]
    public void A_missing_package_is_named() =>
        Compiled.From(
                Startup + "namespace Shop { public class Function { [LambdaFunction] public int Handle(int e) => e; } }",
                references: path => !path.EndsWith("Microsoft.Extensions.DependencyInjection.dll", StringComparison.Ordinal))
            .Message.Should().Contain("Microsoft.Extensions.DependencyInjection");

    [Fact]
    public void What_Amazons_generator_would_warn_of_is_a_warning_here()
    {
        var compiled = Compiled.From("""
            namespace Shop
            {
                public class Function
                {
                    [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/")]
                    public Task<string> Handle([FromQuery] string? type, [FromQuery] int? limit) => Task.FromResult($"{type} {limit}");
                }
            }
            """);

        compiled.Ids.Should().Equal("DTE014");
        compiled.Message.Should().Contain("string? type");
        compiled.Diagnostics[0].Severity.Should().Be(DiagnosticSeverity.Warning);
        compiled.Driver.GetRunResult().GeneratedTrees.Should().ContainSingle();
    }
}
