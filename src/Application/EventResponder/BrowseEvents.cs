namespace DataToEvents.Application.EventResponder;

/// <summary>Answers questions about the consumer's view.</summary>
public sealed class BrowseEvents(IViewQueries view, IPayloadReader payloads)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => view.SummaryAsync(cancellationToken);

    /// <returns>Null when there is no such stream.</returns>
    public Task<StreamSummary?> StreamAsync(string stream, CancellationToken cancellationToken) =>
        StreamId.IsValid(stream) ? view.StreamAsync(new StreamId(stream), cancellationToken) : Task.FromResult<StreamSummary?>(null);

    /// <summary>A page of events, last applied first.</summary>
    /// <param name="selection">Which events.</param>
    /// <param name="before">The page before's <see cref="ListedEvents.Next"/>; null: the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="fits">Whether one more envelope fits the page, which then holds it. It is asked for each in order, until one does not. The first one is taken in any case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to <see cref="MaxLimit"/>.</exception>
    public Task<ListedEvents> EventsAsync(EventSelection selection, string? before, int limit, Predicate<ReadOnlyMemory<byte>> fits, CancellationToken cancellationToken) =>
        PageAsync(most => view.EventsAsync(selection, before, most, cancellationToken), limit, fits);

    /// <summary>Whether <see cref="WithIdAsync"/> can be asked.</summary>
    public bool HasLookups => view.HasLookups;

    /// <summary>A page of a stream's events in their order; empty when there is no such stream.</summary>
    /// <inheritdoc cref="EventsAsync"/>
    public Task<ListedEvents> HistoryAsync(string stream, string? after, int limit, Predicate<ReadOnlyMemory<byte>> fits, CancellationToken cancellationToken) =>
        PageAsync(most => StreamId.IsValid(stream) ? view.HistoryAsync(new StreamId(stream), after, most, cancellationToken) : Nothing, limit, fits);

    /// <summary>A page of the events with an id: one for each source and stream that uses it.</summary>
    /// <param name="id">The id.</param>
    /// <param name="source">Null: events of every source.</param>
    /// <param name="after">The page before's <see cref="ListedEvents.Next"/>; null: the first page.</param>
    /// <inheritdoc cref="EventsAsync"/>
    public Task<ListedEvents> WithIdAsync(string id, string? source, string? after, int limit, Predicate<ReadOnlyMemory<byte>> fits, CancellationToken cancellationToken) =>
        PageAsync(most => EventId.IsValid(id) ? view.WithIdAsync(new EventId(id), source, after, most, cancellationToken) : Nothing, limit, fits);

    /// <param name="name">The last part of an event's <c>dataref</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null when there is no such payload.</returns>
    public Task<ReadOnlyMemory<byte>?> PayloadAsync(string name, CancellationToken cancellationToken) =>
        PayloadName.IsValid(name) ? payloads.GetAsync(name, cancellationToken) : Task.FromResult<ReadOnlyMemory<byte>?>(null);

    private static IAsyncEnumerable<ListedEvent> Nothing => AsyncEnumerable.Empty<ListedEvent>();

    private static async Task<ListedEvents> PageAsync(Func<int, IAsyncEnumerable<ListedEvent>> read, int limit, Predicate<ReadOnlyMemory<byte>> fits)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"limit must be 1 to {MaxLimit}");
        }

        var envelopes = new List<ReadOnlyMemory<byte>>();
        string? last = null;
        // One event more than the page holds: it shows whether there is a next page.
        await foreach (var listed in read(limit + 1))
        {
            if (envelopes.Count == limit || (!fits(listed.Envelope) && envelopes.Count > 0))
            {
                return new ListedEvents(envelopes, last);
            }

            envelopes.Add(listed.Envelope);
            last = listed.Position;
        }

        return new ListedEvents(envelopes, null);
    }
}

/// <param name="Envelopes">In the order in which they were asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last page.</param>
public sealed record ListedEvents(IReadOnlyList<ReadOnlyMemory<byte>> Envelopes, string? Next);
