namespace DataToEvents.Application.EventResponder;

/// <summary>Questions to the view that <see cref="IStreamView"/> fills.</summary>
public interface IViewQueries
{
    Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken);

    /// <returns>Null when no event of the stream was ever applied.</returns>
    Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>Events, last applied first. They are read a few at a time while they are asked for.</summary>
    /// <param name="selection">Which events.</param>
    /// <param name="before">The <see cref="ListedEvent.Position"/> of an event: only events that were applied before it are listed. Null begins with the last event.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>Whether the view finds events by their id. It costs one more write an event, so it can be switched off.</summary>
    bool HasLookups { get; }

    /// <summary>A stream's events in their order.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="after">The <see cref="ListedEvent.Position"/> of an event: only events that follow it are listed. Null begins with the first event.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The events with an id, in any stream. There is nearly always one. Only with <see cref="HasLookups"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="source">Null: events of every source.</param>
    /// <param name="after">The <see cref="ListedEvent.Position"/> of an event: only events that follow it are listed. Null begins with the first event.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken);
}

/// <param name="Type">Null: events of every type.</param>
/// <param name="From">Only events that were applied at that time or later; null: from the first one on.</param>
/// <param name="To">Only events that were applied before that time; null: up to the last one.</param>
public readonly record struct EventSelection(string? Type = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

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
