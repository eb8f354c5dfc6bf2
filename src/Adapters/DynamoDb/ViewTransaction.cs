using System.Text.Json;
using DataToEvents.Application.EventStorer;
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

    private const string NotThere = $"attribute_not_exists({EventItem.PartitionKey})";

    // SQS's sequence numbers have 20 digits, DynamoDB's up to 40; padded to one width they compare as text.
    private const int SequenceWidth = 40;

    // Keys, names, expressions and punctuation of five writes, and the quotes in the envelope that JSON escapes.
    private const int BytesAroundEnvelope = 4_096;

    private readonly ItemKey _event = ViewKeys.Event(applied);
    private readonly string _sequence = Padded(sequence);

    /// <summary>About how many the request takes.</summary>
    public int Bytes => applied.Envelope.Length + BytesAroundEnvelope;

    /// <summary>Writes the members of a TransactWriteItems. Its token makes it one transaction, however often it is sent.</summary>
    public void Write(Standing standing, Utf8JsonWriter json)
    {
        var digest = ViewKeys.Digest(_event);
        var shard = keys.Shard(digest);
        var feedSort = ViewKeys.FeedSortKey(appliedAt, digest);
        json.WriteString("ClientRequestToken"u8, Guid.NewGuid());
        json.WriteStartArray("TransactItems"u8);
        PutEvent(json);
        UpdateStream(standing, json);
        Count(keys.Counter(digest, applied.Type), isNewStream: standing == Standing.First, json);
        PutFeed(new ItemKey(ViewKeys.Feed(shard, null), feedSort), json);
        PutFeed(new ItemKey(ViewKeys.Feed(shard, applied.Type), feedSort), json);
        json.WriteEndArray();
    }

    /// <summary>The standing that the stream's row, as it was found, asks for.</summary>
    public static Standing StandingFor(Item? streamRow, string sequence) =>
        streamRow is null ? Standing.First
        : string.CompareOrdinal(Padded(sequence), streamRow.Text(ViewAttributes.Sequence)) >= 0 ? Standing.Ahead
        : Standing.Behind;

    private void PutEvent(Utf8JsonWriter json)
    {
        Begin("Put", "Item", _event, json);
        json.WriteStartObject(ViewAttributes.Envelope);
        json.WriteQuotedJson("S"u8, applied.Envelope.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("ConditionExpression"u8, NotThere);
        End(json);
    }

    private void PutFeed(ItemKey key, Utf8JsonWriter json)
    {
        Begin("Put", "Item", key, json);
        json.WriteAttribute(ViewAttributes.EventPartition, _event.Partition);
        json.WriteAttribute(ViewAttributes.EventSort, _event.Sort);
        json.WriteEndObject();
        End(json);
    }

    private void UpdateStream(Standing standing, Utf8JsonWriter json)
    {
        Begin("Update", "Key", ViewKeys.StreamRow(applied.Stream), json);
        json.WriteEndObject();
        json.WriteString("ReturnValuesOnConditionCheckFailure"u8, "ALL_OLD"u8);
        json.WriteString("ConditionExpression"u8, standing switch
        {
            Standing.First => NotThere,
            Standing.Ahead => "#seq <= :seq",
            _ => "#seq > :seq",
        });
        if (standing == Standing.Behind)
        {
            json.WriteString("UpdateExpression"u8, "ADD #events :one"u8);
            json.WriteNames(ViewAttributes.Events, ViewAttributes.Sequence);
        }
        else
        {
            json.WriteString("UpdateExpression"u8, "SET #seq = :seq, #latest = :latest ADD #events :one"u8);
            json.WriteNames(ViewAttributes.Events, ViewAttributes.Sequence, ViewAttributes.Latest);
        }

        json.WriteStartObject("ExpressionAttributeValues"u8);
        json.WriteAttribute(":one", 1);
        json.WriteAttribute(":seq", _sequence);
        if (standing != Standing.Behind)
        {
            json.WriteAttribute(":latest", _event.Sort);
        }

        json.WriteEndObject();
        End(json);
    }

    private void Count(ItemKey counter, bool isNewStream, Utf8JsonWriter json)
    {
        Begin("Update", "Key", counter, json);
        json.WriteEndObject();
        json.WriteString("UpdateExpression"u8, "SET #type = :type ADD #events :one, #streams :streams"u8);
        json.WriteNames(ViewAttributes.Type, ViewAttributes.Events, ViewAttributes.Streams);
        json.WriteStartObject("ExpressionAttributeValues"u8);
        json.WriteAttribute(":type", applied.Type);
        json.WriteAttribute(":one", 1);
        json.WriteAttribute(":streams", isNewStream ? 1 : 0);
        json.WriteEndObject();
        End(json);
    }

    /// <summary>Leaves the object open that holds the key.</summary>
    private void Begin(string write, string keyed, ItemKey key, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject(write);
        json.WriteString("TableName"u8, tableName);
        json.WriteStartObject(keyed);
        json.WriteKey(key);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Padded(string sequence) =>
        sequence.Length is > 0 and <= SequenceWidth && sequence.All(char.IsAsciiDigit)
            ? sequence.PadLeft(SequenceWidth, '0')
            : throw new FormatException($"A stream's sequence has 1 to {SequenceWidth} digits, and is \"{sequence}\".");
}
