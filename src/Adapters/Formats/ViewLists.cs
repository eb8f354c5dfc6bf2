using DataToEvents.Application.EventResponder;

namespace DataToEvents.Adapters.Formats;

/// <summary>The lists of the consumer's view: which partitions have them, and in which range. How items are read is the matter of the class that inherits it.</summary>
public abstract class ViewLists(ViewKeys keys)
{
    /// <summary>Where items lie.</summary>
    protected ViewKeys Keys => keys;

    /// <inheritdoc cref="IViewQueries.EventsAsync"/>
    public IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, CancellationToken cancellationToken) =>
        ListAsync(Keys.Shards.Select(shard => ViewKeys.Feed(shard, selection.Type)), ViewKeys.FeedRange(selection, before), limit, cancellationToken);

    /// <inheritdoc cref="IViewQueries.HistoryAsync"/>
    public IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken) =>
        ListAsync([ViewKeys.History(stream)], new ListRange(after, null, IsBackwards: false), limit, cancellationToken);

    /// <inheritdoc cref="IViewQueries.WithIdAsync"/>
    public IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken) =>
        ListAsync([ViewKeys.WithId(id)], ViewKeys.OfSource(source, after), limit, cancellationToken);

    /// <summary>Reads a list that lies in several partitions, each in the order of its sort keys, and the events that it names.</summary>
    /// <param name="shards">The partitions.</param>
    /// <param name="range">From where to where, and in which direction.</param>
    /// <param name="limit">How many events at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    protected abstract IAsyncEnumerable<ListedEvent> ListAsync(IEnumerable<string> shards, ListRange range, int limit, CancellationToken cancellationToken);
}
