using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.RuntimeSupport.Bootstrap;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace DataToEvents.Standins.Tests.Runtime;

/// <summary>The static logger belongs to the bootstrap that runs, so one runs at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneBootstrapAtATime
{
    public const string Name = "Runtime";
}

/// <summary>A bootstrap beside a fake Runtime API, with an environment, a clock and a log of its own.</summary>
[Collection(OneBootstrapAtATime.Name)]
public abstract class RuntimeTests : IAsyncLifetime
{
    protected static readonly ILambdaSerializer Json = new DefaultLambdaJsonSerializer();

    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    protected FakeRuntimeApi Api { get; } = new();

    protected Dictionary<string, string?> Variables { get; } = new() { ["AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"] = "true" };

    protected TimeProvider Clock { get; set; } = TimeProvider.System;

    protected StringWriter Output { get; } = new();

    protected string[] LogLines => Output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Api.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Runs until stopped.</summary>
    protected Task Start<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, LambdaBootstrapInitializer? initializer = null) =>
        Start(LambdaBootstrapBuilder.Create(handler, Json), initializer);

    protected Task Start(LambdaBootstrapBuilder builder, LambdaBootstrapInitializer? initializer = null)
    {
        _run = RunAsync(builder, initializer);
        return _run;
    }

    protected Task StopAsync()
    {
        _stop.Cancel();
        // The test sees its failure through the task that Start returned.
        return _run.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task RunAsync(LambdaBootstrapBuilder builder, LambdaBootstrapInitializer? initializer)
    {
        using var bootstrap = new LambdaBootstrap(builder.Handler, new LambdaBootstrapOptions { RuntimeApiEndpoint = Api.Endpoint }, initializer)
        {
            Environment = new LambdaEnvironment(name => Variables.GetValueOrDefault(name)),
            SetEnvironmentVariable = (name, value) => Variables[name] = value,
            Clock = Clock,
            Output = TextWriter.Synchronized(Output),
        };
        await bootstrap.RunAsync(_stop.Token);
    }
}
