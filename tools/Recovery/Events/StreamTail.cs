using System.Runtime.CompilerServices;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Recovery.OnFailure;

namespace DataToEvents.Recovery.Events;

/// <summary>
/// Follows the store's change stream from now on, beside the emitter: a shard has two readers at most (Amazon DynamoDB Developer Guide, "Change data capture
/// for DynamoDB Streams").
/// </summary>
internal sealed class StreamTail(IAmazonDynamoDBStreams streams, string streamArn, TimeProvider time)
{
    /// <summary>Each shard takes five reads a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, string?> _iterators = [];

    /// <summary>Events in the order in which they are stored, each stream in its own.</summary>
    public async IAsyncEnumerable<DataEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FindShardsAsync(ShardIteratorType.LATEST, cancellationToken);
        using var timer = new PeriodicTimer(Pause, time);
        while (true)
        {
            var isAnyOver = false;
            foreach (var (shard, iterator) in _iterators.Where(static entry => entry.Value is not null).ToList())
            {
                var page = await streams.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
                _iterators[shard] = page.NextShardIterator;
                isAnyOver |= page.NextShardIterator is null;
                foreach (var change in (page.Records ?? []).Select(record => StreamChanges.Change(record, streamArn)).Where(static change => change is { Kind: StoreChangeKind.Inserted, Envelope: not null }))
                {
                    yield return DataEvent.Parse(change.Envelope!.Value);
                }
            }

            if (isAnyOver)
            {
                await FindShardsAsync(ShardIteratorType.TRIM_HORIZON, cancellationToken);
            }
            else if (!await timer.WaitForNextTickAsync(cancellationToken))
            {
                yield break;
            }
        }
    }

    /// <summary>Finds new shards: at the start all of them, and later those that follow a closed one.</summary>
    private async Task FindShardsAsync(ShardIteratorType type, CancellationToken cancellationToken)
    {
        string? last = null;
        do
        {
            var page = (await streams.DescribeStreamAsync(new DescribeStreamRequest { StreamArn = streamArn, ExclusiveStartShardId = last }, cancellationToken)).StreamDescription;
            foreach (var shard in (page.Shards ?? []).Where(shard => !_iterators.ContainsKey(shard.ShardId)))
            {
                var request = new GetShardIteratorRequest { StreamArn = streamArn, ShardId = shard.ShardId, ShardIteratorType = type };
                _iterators[shard.ShardId] = (await streams.GetShardIteratorAsync(request, cancellationToken)).ShardIterator;
            }

            last = page.LastEvaluatedShardId;
        }
        while (last is not null);
    }
}
