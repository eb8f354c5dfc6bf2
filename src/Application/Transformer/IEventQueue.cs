namespace DataToEvents.Application.Transformer;

/// <summary>
/// The ordered queue between Transformer and EventStorer. A stream's events leave it in the order in which they were sent.
/// An event that is sent again within five minutes (same stream, source, id, type and payload) is accepted, but not delivered a second time.
/// </summary>
public interface IEventQueue
{
    /// <summary>Sends events of different streams in one call.</summary>
    /// <param name="batch">No two events of one stream, and no more events and bytes than one call of the queue takes.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>One attempt for each event, in order: a call that is refused as a whole is refused for each. Other faults of the whole call are thrown.</returns>
    Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken);
}
