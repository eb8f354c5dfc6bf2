using DataToEvents.Application.Lanes;

namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>Publishes integration events on the bus.</summary>
public interface IEventPublisher
{
    /// <summary>EventBridge: entries in a PutEvents call (facts.md, section 4).</summary>
    const int MaxEntries = 10;

    /// <summary>EventBridge: bytes of a PutEvents call; its documents say 256 KB here and 1 MB there, so the smaller counts.</summary>
    const int MaxBytes = 262_144;

    /// <summary>Publishes events of different streams in one call.</summary>
    /// <param name="batch">At most <see cref="MaxEntries"/> events of <see cref="MaxBytes"/> in all.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>One attempt for each event, in order. Faults of the call as a whole are thrown.</returns>
    Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken);
}
