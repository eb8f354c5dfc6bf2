using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;

namespace DataToEvents.Operator.Verification;

/// <summary>Reads the store and the consumer's view, stream by stream, for the streams of the ledger.</summary>
internal sealed class TableReadings(IWorld world, ObjectReadings objects, EvidenceBase evidence) : IDisposable
{
    /// <summary>How many queries run at once. The evidence is written by one at a time.</summary>
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _turn = new(1);

    public Task ReadStoreAsync(IEnumerable<string> streams, CancellationToken cancellationToken) => ForEachAsync(streams, async stream =>
    {
        await foreach (var item in world.ItemsAsync(WorldTable.Store, stream, null, cancellationToken))
        {
            var found = new Evidence(FoundAt.Store, $"item {stream} / {item[EventItem.SortKey]}", 0)
            {
                Sequence = EnvelopeReading.Padded(item.GetValueOrDefault(EventItem.Sequence)),
                TakenAt = long.Parse(item.GetValueOrDefault(EventItem.Stored) ?? "0", CultureInfo.InvariantCulture),
            };
            await InTurnAsync(() => objects.AddAsync(found, Encoding.UTF8.GetBytes(item.GetValueOrDefault(EventItem.Envelope) ?? ""), cancellationToken));
        }
    }, cancellationToken);

    public Task ReadViewAsync(IEnumerable<string> streams, CancellationToken cancellationToken) => ForEachAsync(streams, async stream =>
    {
        var (counted, items) = (0L, 0L);
        await foreach (var item in world.ItemsAsync(WorldTable.View, ViewKeys.Stream(new StreamId(stream)), null, cancellationToken))
        {
            var sortKey = item[EventItem.SortKey];
            if (sortKey == ViewKeys.StreamSortKey || ViewKeys.IsStreamCounter(sortKey))
            {
                counted += long.Parse(item.GetValueOrDefault(ViewAttributes.Events) ?? "0", CultureInfo.InvariantCulture);
                continue;
            }

            items++;
            var found = new Evidence(FoundAt.View, $"view item {stream} / {item[EventItem.SortKey]}", 0);
            await InTurnAsync(() => objects.AddAsync(found, Encoding.UTF8.GetBytes(item[ViewAttributes.Envelope]), cancellationToken));
        }

        await InTurnAsync(() =>
        {
            evidence.AddCount(stream, counted, items);
            return Task.CompletedTask;
        });
    }, cancellationToken);

    public void Dispose() => _turn.Dispose();

    /// <summary>Reads the view's feed, which says when the view took an event in.</summary>
    public async Task ReadFeedAsync(int shards, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var from = ViewKeys.FeedSortKey(since, 0);
        for (var shard = 0; shard < shards; shard++)
        {
            await foreach (var item in world.ItemsAsync(WorldTable.View, ViewKeys.Feed(shard, null), from, cancellationToken))
            {
                var at = item[EventItem.SortKey].Split('#')[0];
                if (DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    evidence.AddDelivery(ItemKeyOf(item[ViewAttributes.EventPartition], item[ViewAttributes.EventSort]), time.ToUnixTimeMilliseconds());
                }
            }
        }
    }

    /// <summary>The digest of the event that a feed item names by its keys in the view.</summary>
    private static long ItemKeyOf(string partition, string sort) => EnvelopeDigest.Of(Unprefixed(partition), Unprefixed(sort).Split('\t')[0]);

    /// <summary>Removes the prefix of a key. Long keys are hashed in the view, so that such events get no delivery time here.</summary>
    private static string Unprefixed(string key) => key[(key.IndexOf('#', StringComparison.Ordinal) + 1)..];

    private static Task ForEachAsync(IEnumerable<string> streams, Func<string, Task> read, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        streams, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, (stream, _) => new ValueTask(read(stream)));

    private async Task InTurnAsync(Func<Task> write)
    {
        await _turn.WaitAsync();
        try
        {
            await write();
        }
        finally
        {
            _turn.Release();
        }
    }
}
