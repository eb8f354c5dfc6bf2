using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>
/// Finds the changes that may have been in a batch which the stream no longer has: all stored events that were accepted in the time of the batch, or up to
/// a lag before it. These are more than were lost; consumers recognise the others by their ids.
/// </summary>
internal sealed class TableChanges(EventTable table, TimeSpan lag)
{
    /// <summary>Lambda writes the arrival times in whole seconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<List<StoreChange>> ReadAsync(
        GivenUpBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (batch.FirstArrival - lag, batch.LastArrival + Rounding);
        var resources = StreamArns.Resources(batch.StreamArn);
        await foreach (var stream in table.StreamsAsync(null, cancellationToken))
        {
            var changes = stream.Where(item => item.Accepted >= from && item.Accepted <= to).Select(item => Change(item, resources)).ToList();
            if (changes.Count > 0)
            {
                yield return changes;
            }
        }
    }

    private static StoreChange Change(StoredEvent item, IReadOnlyList<string> resources) =>
        new(item.Sequence, StoreChangeKind.Inserted, item.Event.Stream.Value, item.Event.Envelope, item.Sequence, resources);
}
