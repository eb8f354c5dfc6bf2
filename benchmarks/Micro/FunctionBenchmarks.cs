using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using BenchmarkDotNet.Attributes;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>Each function on the batch that its service passes at most, from JSON to JSON; the ports take everything at once.</summary>
[MemoryDiagnoser]
public class FunctionBenchmarks
{
    private readonly byte[] _firehose = BenchmarkRecords.FirehoseEvent(500);
    private readonly byte[] _queue = BenchmarkRecords.QueueEvent(10);
    private readonly byte[] _stream = BenchmarkRecords.StreamEvent(100);
    private InProcessFunction _transformer = null!;
    private InProcessFunction _storer = null!;
    private InProcessFunction _emitter = null!;

    [GlobalSetup]
    public async Task ComposeAsync()
    {
        var host = new FunctionHost(TimeProvider.System, new Random(7), new Silence());
        _transformer = InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(
            new FunctionOptions("Transformer"), Resolve<TransformerFunction>(services => services.AddTransformer(BenchmarkRecords.Catalog, new TransformerOptions())).Handle,
            new SourceGeneratorLambdaJsonSerializer<TransformerJson>(), host);
        _storer = InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
            new FunctionOptions("EventStorer"), Resolve<EventStorerFunction>(services => services.AddEventStorer(new EventStorerOptions())).Handle,
            new SourceGeneratorLambdaJsonSerializer<EventStorerJson>(), host);
        _emitter = InProcessFunction.Create<DynamoDBEvent, StreamsEventResponse>(
            new FunctionOptions("Emitter"), Resolve<IntegrationEventEmitterFunction>(services => services.AddIntegrationEventEmitter(new EmitterOptions())).Handle,
            new SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>(), host);
        await CheckAsync();
    }

    [Benchmark(OperationsPerInvoke = 500)]
    public Task<InvocationResult> Transformer() => _transformer.InvokeAsync(_firehose, CancellationToken.None);

    [Benchmark(OperationsPerInvoke = 10)]
    public Task<InvocationResult> EventStorer() => _storer.InvokeAsync(_queue, CancellationToken.None);

    [Benchmark(OperationsPerInvoke = 100)]
    public Task<InvocationResult> Emitter() => _emitter.InvokeAsync(_stream, CancellationToken.None);

    /// <summary>A function that fails is quick.</summary>
    private async Task CheckAsync()
    {
        foreach (var answer in new[] { await Transformer(), await EventStorer(), await Emitter() })
        {
            var text = System.Text.Encoding.UTF8.GetString(answer.Payload.Span);
            if (answer.Error is not null || text.Contains("ProcessingFailed", StringComparison.Ordinal) || text.Contains("itemIdentifier", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"A benchmark's function failed: {answer.Error} {text[..Math.Min(text.Length, 200)]}");
            }
        }
    }

    private static T Resolve<T>(Func<IServiceCollection, IServiceCollection> compose)
        where T : notnull
    {
        var ports = new IdlePorts();
        return compose(new ServiceCollection())
            .AddSingleton<IEventQueue>(ports).AddSingleton<IPayloadStore>(ports).AddSingleton<IEventStore>(ports).AddSingleton<IQuarantine>(ports).AddSingleton<IDeadLetters>(ports).AddSingleton<IEventPublisher>(ports)
            .BuildServiceProvider().GetRequiredService<T>();
    }
}

internal sealed class Silence : IFunctionLog
{
    public void Write(string functionName, string line)
    {
        // Nothing is logged when nothing fails.
    }
}
