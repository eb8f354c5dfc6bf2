using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSubstitute;

namespace DataToEvents.Standins.Tests.Generator;

public sealed class PlainFunctionTests
{
    private const string Startup = """
        namespace Shop
        {
            public sealed class Counter { public int Value; public int Next() => ++Value; }
            public sealed class PerCall : IDisposable
            {
                public static int Disposed;
                public readonly Guid Id = Guid.NewGuid();
                public void Dispose() => Disposed++;
            }

            [LambdaStartup]
            public class Startup
            {
                public void ConfigureServices(IServiceCollection services)
                {
                    services.AddSingleton<Counter>();
                    services.AddScoped<PerCall>();
                }
            }
        }
        """;

    private static readonly ILambdaContext Context = Substitute.For<ILambdaContext>();

    [Fact]
    public async Task A_function_is_built_by_the_container_and_gets_event_and_context()
    {
        var compiled = Compiled.From(Startup + """
            namespace Shop
            {
                public class Function(Counter counter)
                {
                    [LambdaFunction]
                    public async Task<string> Handle(SQSEvent batch, ILambdaContext context)
                    {
                        await Task.Yield();
                        return $"{batch.Records.Count} {context.AwsRequestId} {counter.Next()}";
                    }
                }
            }
            """);
        var context = Substitute.For<ILambdaContext>();
        context.AwsRequestId.Returns("id-1");
        var handler = Activator.CreateInstance(compiled.Load().GetType("Shop.Function_Handle_Generated", throwOnError: true)!)!;

        // The counter counts on: the function is a singleton.
        (await Compiled.HandleAsync(handler, "Handle", new SQSEvent { Records = [] }, context)).Should().Be("0 id-1 1");
        (await Compiled.HandleAsync(handler, "Handle", new SQSEvent { Records = [new()] }, context)).Should().Be("1 id-1 2");
    }

    [Fact]
    public async Task Services_come_from_a_scope_of_the_invocation_and_are_disposed_with_it()
    {
        var assembly = Compiled.From(Startup + """
            namespace Shop
            {
                public class Function
                {
                    [LambdaFunction]
                    public Task<Guid> Handle(int number, [FromServices] PerCall first, ILambdaContext context, [FromServices] PerCall second) =>
                        Task.FromResult(first.Id == second.Id && PerCall.Disposed == number ? first.Id : Guid.Empty);
                }
            }
            """).Load();
        var handler = Activator.CreateInstance(assembly.GetType("Shop.Function_Handle_Generated", throwOnError: true)!)!;

        var first = await Compiled.HandleAsync(handler, "Handle", 0, Context);
        var second = await Compiled.HandleAsync(handler, "Handle", 1, Context);

        first.Should().NotBe(Guid.Empty).And.NotBe(second);
        second.Should().NotBe(Guid.Empty);
    }

    [Fact]
    public async Task A_lifetime_that_the_startup_registers_takes_the_place_of_the_singleton()
    {
        var assembly = Compiled.From("""
            namespace Shop
            {
                [LambdaStartup]
                public class Startup
                {
                    public void ConfigureServices(IServiceCollection services) => services.AddScoped<Function>();
                }

                public class Function
                {
                    private int _calls;

                    [LambdaFunction]
                    public int Handle(int number) => number + ++_calls;
                }
            }
            """).Load();
        var handler = Activator.CreateInstance(assembly.GetType("Shop.Function_Handle_Generated", throwOnError: true)!)!;

        (await Compiled.HandleAsync(handler, "Handle", 10)).Should().Be(11);
        (await Compiled.HandleAsync(handler, "Handle", 10)).Should().Be(11);
    }

    [Fact]
    public async Task Without_a_startup_the_function_is_made_as_it_is()
    {
        var compiled = Compiled.From("""
            namespace Shop
            {
                public class Function
                {
                    public static string Seen = "";

                    [LambdaFunction]
                    public Task Handle(string @event, ILambdaContext context)
                    {
                        Seen = @event;
                        return Task.CompletedTask;
                    }
                }
            }
            """);
        var assembly = compiled.Load();

        await Compiled.HandleAsync(Activator.CreateInstance(assembly.GetType("Shop.Function_Handle_Generated", throwOnError: true)!)!, "Handle", "x", Context);

        assembly.GetType("Shop.Function")!.GetField("Seen")!.GetValue(null).Should().Be("x");
    }

    [Fact]
    public async Task What_a_function_throws_comes_out()
    {
        var compiled = Compiled.From("""
            namespace Shop
            {
                public class Function
                {
                    [LambdaFunction]
                    public Task<int> Handle(int number) => throw new TimeoutException("late");
                }
            }
            """);

        await compiled.Invoking(it => it.HandleAsync("Shop.Function_Handle_Generated", "Handle", 1)).Should().ThrowAsync<TimeoutException>();
    }

    [Fact]
    public void What_fails_in_the_startup_fails_when_the_handler_is_made()
    {
        var assembly = Compiled.From("""
            namespace Shop
            {
                [LambdaStartup]
                public class Startup
                {
                    public void ConfigureServices(IServiceCollection services) { }
                }

                public class Function(IDisposable missing)
                {
                    [LambdaFunction]
                    public int Handle(int number) => missing is null ? 0 : number;
                }
            }
            """).Load();

        var make = () => Activator.CreateInstance(assembly.GetType("Shop.Function_Handle_Generated")!);

        make.Should().Throw<System.Reflection.TargetInvocationException>().WithInnerException<InvalidOperationException>().WithMessage("*IDisposable*");
    }

    [Fact]
    public void A_change_elsewhere_does_not_generate_again()
    {
        var compiled = Compiled.From(Startup + "namespace Shop { public class Function { [LambdaFunction] public int Handle(int number) => number; } }");
        var changed = compiled.Before.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Elsewhere { }", new CSharpParseOptions(LanguageVersion.Latest)));

        var driver = compiled.Driver.RunGenerators(changed);

        driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs)
            .Should().OnlyContain(output => output.Reason == IncrementalStepRunReason.Cached || output.Reason == IncrementalStepRunReason.Unchanged);
    }
}
