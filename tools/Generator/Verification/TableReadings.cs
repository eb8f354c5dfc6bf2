using System.Globalization;
using System.Text;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Generator.Ledger;

namespace DataToEvents.Generator.Verification;

/// <summary>Reads the store and the consumer's view, stream by stream: only what the ledger's streams hold.</summary>
internal sealed class TableReadings(IWorld world, ObjectReadings objects, EvidenceBase evidence)
{
    /// <summary>Queries at once; the evidence is written by one at a time.</summary>
    private const int AtOnce = 8;

    public Task ReadStoreAsync(IEnumerable<string> streams, CancellationToken cancellationToken) => ForEachAsync(streams, async stream =>
    {
        var items = await AllAsync(world.ItemsAsync(WorldTable.Store, stream, null, cancellationToken));
        return async () =>
        {
            foreach (var item in items)
            {
                var found = new Evidence(Hop.Store, $"item {stream} / {item[EventItem.SortKey]}", 0) { Sequence = EnvelopeReading.Padded(item.GetValueOrDefault(EventItem.Sequence)) };
                await objects.AddAsync(found, Encoding.UTF8.GetBytes(item.GetValueOrDefault(EventItem.Envelope) ?? ""), cancellationToken);
            }
        };
    });

    public Task ReadViewAsync(IEnumerable<string> streams, CancellationToken cancellationToken) => ForEachAsync(streams, async stream =>
    {
        var items = await AllAsync(world.ItemsAsync(WorldTable.View, ViewKeys.Stream(new StreamId(stream)), null, cancellationToken));
        return async () =>
        {
            var counted = 0L;
            foreach (var item in items)
            {
                if (item[EventItem.SortKey] == ViewKeys.StreamSortKey)
                {
                    counted = long.Parse(item[ViewAttributes.Events], CultureInfo.InvariantCulture);
                    continue;
                }

                await objects.AddAsync(new Evidence(Hop.View, $"view item {stream} / {item[EventItem.SortKey]}", 0), Encoding.UTF8.GetBytes(item[ViewAttributes.Envelope]), cancellationToken);
            }

            evidence.AddCount(stream, counted, items.Count(item => item[EventItem.SortKey] != ViewKeys.StreamSortKey));
        };
    });

    /// <summary>The feed says when the view took an event in.</summary>
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

    /// <summary>By which the feed names an event: its keys in the view.</summary>
    private static long ItemKeyOf(string partition, string sort) => EnvelopeDigest.Of(Unprefixed(partition), Unprefixed(sort));

    /// <summary>Keys too long for the view are hashed there; such events have no delivery time here.</summary>
    private static string Unprefixed(string key) => key[(key.IndexOf('#', StringComparison.Ordinal) + 1)..];

    private static async Task<List<IReadOnlyDictionary<string, string>>> AllAsync(IAsyncEnumerable<IReadOnlyDictionary<string, string>> items)
    {
        var all = new List<IReadOnlyDictionary<string, string>>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }

    private static async Task ForEachAsync(IEnumerable<string> streams, Func<string, Task<Func<Task>>> read)
    {
        foreach (var chunk in streams.Chunk(AtOnce))
        {
            foreach (var write in await Task.WhenAll(chunk.Select(read)))
            {
                await write();
            }
        }
    }
}
