using System.Numerics;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>The changes of a batch, read again from the table's stream, which keeps them for 24 hours.</summary>
internal sealed class StreamChanges(IAmazonDynamoDBStreams streams)
{
    /// <returns>Null if the stream does not have them any more.</returns>
    public async Task<List<StoreChange>?> ReadAsync(GivenUpBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadRangeAsync(batch, cancellationToken);
        }
        catch (AmazonDynamoDBStreamsException fault) when (fault is TrimmedDataAccessException or ResourceNotFoundException or ExpiredIteratorException)
        {
            return null;
        }
    }

    private async Task<List<StoreChange>?> ReadRangeAsync(GivenUpBatch batch, CancellationToken cancellationToken)
    {
        var iterator = (await streams.GetShardIteratorAsync(
            new GetShardIteratorRequest
            {
                StreamArn = batch.StreamArn,
                ShardId = batch.ShardId,
                ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
                SequenceNumber = batch.Start,
            },
            cancellationToken)).ShardIterator;
        var (changes, end) = (new List<StoreChange>(), Number(batch.End));
        while (iterator is not null)
        {
            var page = await streams.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
            var records = page.Records ?? [];
            changes.AddRange(records.Where(record => Number(record.Dynamodb.SequenceNumber) <= end).Select(record => Change(record, batch.StreamArn)));
            if (records.Exists(record => Number(record.Dynamodb.SequenceNumber) >= end))
            {
                return changes;
            }

            // An open shard always has a next iterator, so an empty page means that there are no records now.
            iterator = records.Count == 0 ? null : page.NextShardIterator;
        }

        return changes.Count >= batch.Size ? changes : null;
    }

    /// <summary>The change that a record of a table's stream describes.</summary>
    public static StoreChange Change(Record record, string streamArn)
    {
        var change = record.Dynamodb;
        return new StreamRecord<Dictionary<string, AttributeValue>>(
            record.EventID, record.EventName.Value, record.UserIdentity?.PrincipalId, change.SequenceNumber, streamArn, change.Keys, change.NewImage, change.OldImage)
            .ToChange(ValueIn);
    }

    private static StoredValue? ValueIn(Dictionary<string, AttributeValue>? image, string name) =>
        image?.GetValueOrDefault(name) is { } value ? new StoredValue(value.S, value.B) : null;

    private static BigInteger Number(string sequence) => BigInteger.Parse(sequence, CultureInfo.InvariantCulture);
}
