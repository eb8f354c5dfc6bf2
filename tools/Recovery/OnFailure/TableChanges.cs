using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Recovery.Targets;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>
/// What may have been in a batch that the stream has no more: all events of the store that were accepted in its time or up to a lag before
/// it, as an item does not tell when it was stored. More than was lost; consumers know the others by their ids.
/// </summary>
internal sealed class TableChanges(EventTable table, TimeSpan lag)
{
    /// <summary>Lambda writes the arrival times in whole seconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<List<StoreChange>> ReadAsync(
        GivenUpBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (batch.FirstArrival - lag, batch.LastArrival + Rounding);
        await foreach (var stream in table.StreamsAsync(null, cancellationToken))
        {
            var changes = stream.Where(item => item.Accepted >= from && item.Accepted <= to).Select(item => Change(item, batch.StreamArn)).ToList();
            if (changes.Count > 0)
            {
                yield return changes;
            }
        }
    }

    private static StoreChange Change(StoredEvent item, string streamArn) =>
        new(item.Sequence, StoreChangeKind.Inserted, item.Event.Stream.Value, item.Event.Envelope, item.Sequence, streamArn);
}
