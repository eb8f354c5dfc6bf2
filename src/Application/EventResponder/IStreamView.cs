namespace DataToEvents.Application.EventResponder;

/// <summary>The consumer's own read model. It shares no storage with the event store.</summary>
public interface IStreamView
{
    /// <summary>Takes an event into the view at most once: by stream and <see cref="DataEvent.Key"/>.</summary>
    /// <param name="received">The event.</param>
    /// <param name="sequence">Digits that grow within the stream; the highest is the stream's latest event, in whatever order they come. The producer's number goes before it, if the event has one.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>False when the view had it already.</returns>
    Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken);
}
