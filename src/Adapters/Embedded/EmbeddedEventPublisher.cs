using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Emulator.Buses;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The emitter's bus in this process.</summary>
public sealed class EmbeddedEventPublisher(EventBus bus) : IEventPublisher
{
    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        var results = await bus.PutEventsAsync([.. batch.Select(Entry)]);
        return [.. results.Select(Outcome)];
    }

    private static BusEntry Entry(IntegrationEvent published) =>
        new(IntegrationEvent.Source, published.DetailType, published.Detail, null, published.Resources, Recorded(published.TraceParent));

    /// <summary>A trace that is not recorded travels in the envelope only: beside each of a flood's events it would cost the journal.</summary>
    private static string? Recorded(string? traceParent) => TraceParent.IsRecorded(traceParent) ? XRayHeader.Of(traceParent) : null;

    private static Attempt Outcome(PutEventResult result) =>
        result.ErrorCode is { } code ? Attempt.Rejected($"{code}: {result.ErrorMessage}") : Attempt.Done;
}
