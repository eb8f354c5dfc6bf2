namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>Publishes integration events on the bus.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes events of different streams in one call.</summary>
    /// <param name="batch">No more events and bytes (<see cref="IntegrationEvent.Size"/>) than one call of the bus takes.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>One attempt for each event, in order: a call that is refused as a whole is refused for each. Other faults of the whole call are thrown.</returns>
    Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken);
}
