using System.Runtime.CompilerServices;
using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Replay;

/// <summary>Reads events again, from the store or from the lake. Those of a stream come in its order.</summary>
internal static class Sources
{
    public static IAsyncEnumerable<StoredEvent> ReadAsync(PathServices services, bool fromLake, Selection selection, CancellationToken cancellationToken) =>
        fromLake ? LakeAsync(new Lake(services.Bucket), selection, cancellationToken) : StoreAsync(services.Table, selection, cancellationToken);

    private static async IAsyncEnumerable<StoredEvent> StoreAsync(EventTable table, Selection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stream in table.StreamsAsync(selection.Stream, cancellationToken))
        {
            foreach (var item in stream.Where(item => selection.Wants(item.Event)))
            {
                yield return item;
            }
        }
    }

    /// <summary>Reads from the lake. Its lines have no sequence numbers and are in the order of arrival.</summary>
    private static async IAsyncEnumerable<StoredEvent> LakeAsync(Lake lake, Selection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in lake.ReadAsync(selection.From, selection.To, cancellationToken))
        {
            if (selection.Wants(item))
            {
                yield return new StoredEvent(item, "");
            }
        }
    }
}
