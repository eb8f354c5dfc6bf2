using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Signals;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.Signals;

/// <summary>The four steps with fake ports, and the metrics that they report. The name of a stream says what the ports do with its events.</summary>
internal sealed class Steps
{
    public RecordedMetrics Metrics { get; } = new();

    /// <summary>The trace that an invocation of the Transformer comes with.</summary>
    public string? TraceParent { get; init; }

    public async Task TransformAsync(FakeQueue queue, params string[] records) =>
        await new TransformRecords(Example.Catalog, queue, new FakePayloadStore(), Example.Lanes(), new TransformerOptions(1_000), Metrics).ExecuteAsync(
            [.. records.Select((record, number) => Example.Record($"{number}", record))], TraceParent, Example.Budget, arena: null, CancellationToken.None);

    public Task StoreAsync(params string[] streams) => StoreAsync([.. streams.Select(stream => (stream, (string?)null))]);

    public async Task StoreAsync(params (string Stream, string? Trace)[] events) =>
        await new StoreEvents(new StepStore(), new StepStore(), new FakeDeadLetterPort(), Example.Lanes(), new EventStorerOptions(), TimeProvider.System, Metrics).ExecuteAsync(
            [.. events.Select(item => new ArrivedMessage(item.Stream, item.Stream, "1", Envelope(item.Stream, item.Trace)))], Example.Budget);

    public Task EmitAsync(params string[] streams) => EmitAsync([.. streams.Select(stream => (stream, (string?)null))]);

    public async Task EmitAsync(params (string Stream, string? Trace)[] events) =>
        await new EmitIntegrationEvents(new StepBus(), Example.Lanes(), new EmitterOptions(), Metrics).ExecuteAsync(
            [.. events.Select(item => new StoreChange("1", StoreChangeKind.Inserted, item.Stream, Envelope(item.Stream, item.Trace), "1", ["arn:aws:dynamodb:r:1:table/t", "arn:aws:dynamodb:r:1:table/t/stream/l"]))], Example.Budget);

    public async Task RespondAsync(ReadOnlyMemory<byte> envelope, string? replay = null, Exception? fault = null) =>
        await new RespondToEvent(new StepView(fault), new ResponderOptions(), new FakeTimeProvider(Example.Arrival.AddSeconds(1.5)), Metrics).ExecuteAsync(envelope, replay, CancellationToken.None);

    public static ReadOnlyMemory<byte> Envelope(string stream, string? trace = null) =>
        Encoding.UTF8.GetBytes(CloudEvent(stream, trace, ",\"dteacceptedtime\":\"2026-11-24T12:00:00.000Z\""));

    public static string CloudEvent(string stream, string? trace, string more = "") =>
        $$"""{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"{{stream}}","time":"2026-11-24T12:00:00Z"{{more}}{{(trace is null ? "" : $",\"traceparent\":\"{trace}\"")}},"data":1}""";

    public sealed class RecordedMetrics : IMetrics
    {
        private readonly List<IReadOnlyList<Reading>> _lines = [];

        public IEnumerable<string> All => _lines.SelectMany(line => line).Select(reading => reading.Signal.Name).Distinct();

        public Dictionary<string, long> Last() => _lines[^1].ToDictionary(reading => reading.Signal.Name, reading => reading.Value);

        public void Write(IReadOnlyList<Reading> readings) => _lines.Add(readings);
    }

    private sealed class StepStore : IEventStore, IQuarantine
    {
        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AppendOutcome>>([.. batch.Select(item => new AppendOutcome(item.Event.Stream.Value switch
            {
                "known" => AppendKind.Duplicate,
                "conflict" => AppendKind.Conflict,
                "refused" => AppendKind.Refused,
                "unstorable" => AppendKind.Unstorable,
                _ => AppendKind.Stored,
            }))]);

        public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StepBus : IEventPublisher
    {
        public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(item => Encoding.UTF8.GetString(item.Detail.Span).Contains("refused", StringComparison.Ordinal) ? Attempt.Rejected("told to") : Attempt.Done)]);
    }

    private sealed class StepView(Exception? fault = null) : IStreamView
    {
        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
            fault is null ? Task.FromResult(received.Stream.Value != "known") : throw fault;
    }
}
