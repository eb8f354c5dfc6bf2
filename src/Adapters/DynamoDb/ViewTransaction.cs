using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>How an event stands to the stream's row, which the transaction has to guess before it knows.</summary>
internal enum Standing
{
    /// <summary>The stream is known and the event is its latest: the usual case, tried first.</summary>
    Ahead,

    /// <summary>The stream's first event.</summary>
    First,

    /// <summary>A later event of the stream was applied before it.</summary>
    Behind,
}

/// <summary>The writes that take one event into the view, all or none.</summary>
internal sealed class ViewTransaction(string tableName, ViewKeys keys, DataEvent applied, string sequence, DateTimeOffset appliedAt)
{
    /// <summary>Position of the event's put, whose condition is that it was never applied.</summary>
    public const int EventWrite = 0;

    /// <summary>Position of the stream's update, whose condition is the guessed standing.</summary>
    public const int StreamWrite = 1;

    // SQS's sequence numbers have 20 digits, DynamoDB's up to 40; padded to one width they compare as text.
    private const int SequenceWidth = 40;

    private static readonly AttributeValue One = new() { N = "1" };

    private readonly ItemKey _event = ViewKeys.Event(applied);
    private readonly AttributeValue _sequence = new(Padded(sequence));

    public TransactWriteItemsRequest For(Standing standing)
    {
        var digest = ViewKeys.Digest(_event);
        var shard = keys.Shard(digest);
        var feedSort = ViewKeys.FeedSortKey(appliedAt, digest);
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = PutEvent() },
                new() { Update = UpdateStream(standing) },
                new() { Update = Count(keys.Counter(digest, applied.Type), isNewStream: standing == Standing.First) },
                new() { Put = PutFeed(new ItemKey(ViewKeys.Feed(shard, null), feedSort)) },
                new() { Put = PutFeed(new ItemKey(ViewKeys.Feed(shard, applied.Type), feedSort)) },
            ],
        };
    }

    /// <summary>The standing that the stream's row, as it was found, asks for; an absent row has no attributes.</summary>
    public static Standing StandingFor(Dictionary<string, AttributeValue>? streamRow, string sequence) =>
        streamRow is not { Count: > 0 } ? Standing.First
        : string.CompareOrdinal(Padded(sequence), streamRow[ViewAttributes.Sequence].S) >= 0 ? Standing.Ahead
        : Standing.Behind;

    private Put PutEvent()
    {
        var item = _event.ToAttributes();
        item[ViewAttributes.Envelope] = new(Encoding.UTF8.GetString(applied.Envelope.Span));
        return new Put { TableName = tableName, Item = item, ConditionExpression = $"attribute_not_exists({EventItem.PartitionKey})" };
    }

    private Put PutFeed(ItemKey key)
    {
        var item = key.ToAttributes();
        item[ViewAttributes.EventPartition] = new(_event.Partition);
        item[ViewAttributes.EventSort] = new(_event.Sort);
        return new Put { TableName = tableName, Item = item };
    }

    private Update UpdateStream(Standing standing)
    {
        var update = new Update
        {
            TableName = tableName,
            Key = ViewKeys.StreamRow(applied.Stream).ToAttributes(),
            ExpressionAttributeNames = new() { ["#events"] = ViewAttributes.Events, ["#seq"] = ViewAttributes.Sequence },
            ExpressionAttributeValues = new() { [":one"] = One, [":seq"] = _sequence },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        if (standing == Standing.Behind)
        {
            (update.UpdateExpression, update.ConditionExpression) = ("ADD #events :one", "#seq > :seq");
            return update;
        }

        update.ExpressionAttributeNames["#latest"] = ViewAttributes.Latest;
        update.ExpressionAttributeValues[":latest"] = new(_event.Sort);
        update.UpdateExpression = "SET #seq = :seq, #latest = :latest ADD #events :one";
        update.ConditionExpression = standing == Standing.First ? $"attribute_not_exists({EventItem.PartitionKey})" : "#seq <= :seq";
        return update;
    }

    private Update Count(ItemKey counter, bool isNewStream) => new()
    {
        TableName = tableName,
        Key = counter.ToAttributes(),
        UpdateExpression = "SET #type = :type ADD #events :one, #streams :streams",
        ExpressionAttributeNames = new() { ["#type"] = ViewAttributes.Type, ["#events"] = ViewAttributes.Events, ["#streams"] = ViewAttributes.Streams },
        ExpressionAttributeValues = new() { [":type"] = new(applied.Type), [":one"] = One, [":streams"] = new() { N = isNewStream ? "1" : "0" } },
    };

    private static string Padded(string sequence) =>
        sequence.Length is > 0 and <= SequenceWidth && sequence.All(char.IsAsciiDigit)
            ? sequence.PadLeft(SequenceWidth, '0')
            : throw new FormatException($"A stream's sequence has 1 to {SequenceWidth} digits, and is \"{sequence}\".");
}
