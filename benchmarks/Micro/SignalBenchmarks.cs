using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using BenchmarkDotNet.Attributes;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Signals;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>EventStorer, whose batch is the smallest, by who listens to it: what signals cost is the difference. The store takes everything at once, and each message is of a recorded trace of its own.</summary>
[MemoryDiagnoser]
public class SignalBenchmarks : IDisposable
{
    private readonly byte[] _queue = BenchmarkRecords.QueueEvent(10);
    private InProcessFunction _function = null!;
    private ActivityListener? _listener;

    public enum Heard
    {
        ByNobody,
        ByTheLog,
        ByATracer,
    }

    [Params(Heard.ByNobody, Heard.ByTheLog, Heard.ByATracer)]
    public Heard Is { get; set; }

    [GlobalSetup]
    public void Compose()
    {
        var ports = new IdlePorts();
        var services = new ServiceCollection().AddEventStorer(new EventStorerOptions()).AddSingleton<IEventStore>(ports).AddSingleton<IQuarantine>(ports).AddSingleton<IDeadLetters>(ports);
        if (Is == Heard.ByTheLog)
        {
            services.AddSingleton<IMetrics>(new EmfMetrics(Stream.Null, "EventStorer", TimeProvider.System));
        }
        else if (Is == Heard.ByATracer)
        {
            // Whoever begins a trace decides: it hears of those that are recorded, as the exporter does.
            _listener = new ActivityListener { ShouldListenTo = static source => source.Name == PathSignals.Name, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
            ActivitySource.AddActivityListener(_listener);
        }

        _function = InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
            new FunctionOptions("EventStorer"), services.BuildServiceProvider().GetRequiredService<EventStorerFunction>().Handle,
            new SourceGeneratorLambdaJsonSerializer<EventStorerJson>(), new FunctionHost(TimeProvider.System, new Random(7), new Silence()));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _listener?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<InvocationResult> Invocation() => _function.InvokeAsync(_queue, CancellationToken.None);
}
