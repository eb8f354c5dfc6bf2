namespace DataToEvents.Application.EventResponder;

/// <summary>The consumer's own read model. It shares no storage with the event store.</summary>
public interface IStreamView
{
    /// <summary>Takes an event into the view at most once: by stream and <see cref="DataEvent.Key"/>.</summary>
    /// <param name="received">The event.</param>
    /// <param name="sequence">Digits that grow within the stream; the highest is the stream's latest event, in whatever order they come.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>False when the view had it already.</returns>
    Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken);

    Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken);

    /// <returns>Null when no event of the stream was ever applied.</returns>
    Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>Events, last applied first. They are read a few at a time while they are asked for.</summary>
    /// <param name="type">Null: events of every type.</param>
    /// <param name="before">The <see cref="ListedEvent.Position"/> of an event: only events that were applied before it are listed. Null begins with the last event.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<ListedEvent> EventsAsync(string? type, string? before, int limit, CancellationToken cancellationToken);
}

/// <param name="Position">Its place in the list: ASCII without control characters, less than 1 KB. It stays the same.</param>
/// <param name="Envelope">The event.</param>
public readonly record struct ListedEvent(string Position, ReadOnlyMemory<byte> Envelope);

/// <param name="Events">How many events were applied.</param>
/// <param name="Streams">In how many streams.</param>
/// <param name="ByType">How many of each type.</param>
public sealed record ViewSummary(long Events, long Streams, IReadOnlyDictionary<string, long> ByType);

/// <param name="Stream">The stream's id.</param>
/// <param name="Events">How many of its events were applied.</param>
/// <param name="Latest">Envelope of the one with the highest sequence.</param>
public sealed record StreamSummary(StreamId Stream, long Events, ReadOnlyMemory<byte> Latest);
