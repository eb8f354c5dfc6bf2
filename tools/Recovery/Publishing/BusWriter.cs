using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Recovery.Publishing;

/// <param name="Stream">The stream whose order it keeps.</param>
/// <param name="Event">The event to publish.</param>
internal sealed record OutgoingEvent(string Stream, IntegrationEvent Event);

/// <summary>Publishes on the bus as the emitter does: one lane a stream, and each failed entry is tried again.</summary>
internal sealed class BusWriter(IEventPublisher publisher, TimeProvider time, Random random)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly LaneOptions Bounds = new(
        ServiceLimits.BusEntries, ServiceLimits.BusBytes, MaxCallsInFlight: 10, FirstBackOff: TimeSpan.FromMilliseconds(50));

    private readonly StreamLanes _lanes = new(Bounds, time, random);

    /// <summary>The emitter's use case, for the changes that Lambda gave up.</summary>
    public EmitIntegrationEvents Emitter() => new(publisher, _lanes, new EmitterOptions(Modified: true, Removed: true));

    /// <returns>A result for each event, in order.</returns>
    public Task<IReadOnlyList<LaneResult>> PublishAsync(IReadOnlyList<OutgoingEvent> events) => _lanes.SendAsync(
        events, static item => item.Stream, static item => item.Event.Size, (batch, token) => publisher.PublishAsync([.. batch.Select(item => item.Event)], token), Patience);
}
