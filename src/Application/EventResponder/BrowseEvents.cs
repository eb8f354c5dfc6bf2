using DataToEvents.Application.Payloads;

namespace DataToEvents.Application.EventResponder;

/// <summary>Answers questions about the consumer's view.</summary>
public sealed class BrowseEvents(IStreamView view, IPayloadReader payloads)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => view.SummaryAsync(cancellationToken);

    /// <returns>Null when there is no such stream.</returns>
    public Task<StreamSummary?> StreamAsync(string stream, CancellationToken cancellationToken) =>
        StreamId.IsValid(stream) ? view.StreamAsync(new StreamId(stream), cancellationToken) : Task.FromResult<StreamSummary?>(null);

    /// <summary>Envelopes, last applied first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to <see cref="MaxLimit"/>.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> EventsAsync(string? type, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"limit must be 1 to {MaxLimit}");
        }

        return view.EventsAsync(type, limit, cancellationToken);
    }

    /// <param name="name">The last part of an event's <c>dataref</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null when there is no such payload.</returns>
    public Task<ReadOnlyMemory<byte>?> PayloadAsync(string name, CancellationToken cancellationToken) =>
        PayloadName.IsValid(name) ? payloads.GetAsync(name, cancellationToken) : Task.FromResult<ReadOnlyMemory<byte>?>(null);
}
