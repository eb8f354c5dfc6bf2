using System.Globalization;
using System.Text;
using System.Text.Json;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>PartiQL INSERT: unlike a put it fails with DuplicateItem where an item has the key already.</summary>
internal sealed class InsertStatement(string tableName, bool compress)
{
    private static readonly string[] Always = [EventItem.PartitionKey, EventItem.SortKey, EventItem.Sequence, EventItem.Type, EventItem.Time, EventItem.Hash, EventItem.Stored];

    // Of all names: where an optional one is missing, an item may count a few bytes too many, which costs at worst a unit that was not saved.
    private static readonly int NameBytes = Always.Concat([EventItem.Trace, EventItem.ExpiresAt, EventItem.Envelope]).Sum(Encoding.UTF8.GetByteCount);

    private readonly string _plain = Text(tableName, []);
    private readonly string _traced = Text(tableName, [EventItem.Trace]);
    private readonly string _expiring = Text(tableName, [EventItem.ExpiresAt]);
    private readonly string _tracedAndExpiring = Text(tableName, [EventItem.Trace, EventItem.ExpiresAt]);

    /// <summary>Writes the statement and its parameters as BatchExecuteStatement takes them.</summary>
    public void Write(EventToStore item, string hash, Utf8JsonWriter json)
    {
        var stored = item.Event;
<<<<<<< HEAD
        string[] texts = [stored.Stream.Value, stored.Id.Value, item.Sequence, stored.Type, stored.Time, hash];
        var expiry = item.ExpiresAt?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("Statement"u8, TextFor(stored.TraceParent is not null, expiry is not null));
        json.WriteString("ReturnValuesOnConditionCheckFailure"u8, "ALL_OLD"u8);
        json.WriteStartArray("Parameters"u8);
        foreach (var text in texts)
        {
            WriteText(json, text);
        }

=======
        List<AttributeValue> parameters =
        [
            new(stored.Stream.Value),
            new(stored.Id.Value),
            new(item.Sequence),
            new(stored.Type),
            new(stored.Time),
            new(hash),
            Number(item.StoredAt.ToUnixTimeMilliseconds()),
        ];
>>>>>>> main
        if (stored.TraceParent is { } trace)
        {
            WriteText(json, trace);
        }

        if (expiry is not null)
        {
<<<<<<< HEAD
            json.WriteStartObject();
            json.WriteString("N"u8, expiry);
            json.WriteEndObject();
=======
            parameters.Add(Number(expiry.ToUnixTimeSeconds()));
>>>>>>> main
        }

        WriteEnvelope(json, stored.Envelope.Span, NameBytes + texts.Sum(Encoding.UTF8.GetByteCount) + Encoding.UTF8.GetByteCount(stored.TraceParent ?? "") + NumberBytes(expiry));
        json.WriteEndArray();
        json.WriteEndObject();
    }

<<<<<<< HEAD
    private void WriteEnvelope(Utf8JsonWriter json, ReadOnlySpan<byte> envelope, int otherBytes)
    {
        json.WriteStartObject();
        if (compress && StoredEnvelope.Compress(envelope, otherBytes) is { } compressed)
        {
            json.WriteBase64String("B"u8, compressed);
        }
        else
        {
            json.WriteString("S"u8, envelope);
        }
=======
    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private AttributeValue Envelope(ReadOnlySpan<byte> envelope, List<AttributeValue> others) =>
        compress && StoredEnvelope.Compress(envelope, NameBytes + others.Sum(Bytes)) is { } compressed
            ? new AttributeValue { B = new MemoryStream(compressed, writable: false) }
            : new AttributeValue(Encoding.UTF8.GetString(envelope));
>>>>>>> main

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("S"u8, text);
        json.WriteEndObject();
    }

    /// <summary>DynamoDB: a number counts a byte for two digits and one more; a string its UTF-8.</summary>
    private static int NumberBytes(string? number) => number is null ? 0 : ((number.Length + 1) / 2) + 1;

    private string TextFor(bool traced, bool expiring) => (traced, expiring) switch
    {
        (false, false) => _plain,
        (true, false) => _traced,
        (false, true) => _expiring,
        (true, true) => _tracedAndExpiring,
    };

    private static string Text(string tableName, string[] optional)
    {
        var members = Always.Concat(optional).Append(EventItem.Envelope).Select(name => $"'{name}': ?");
        return $"INSERT INTO \"{tableName}\" VALUE {{{string.Join(", ", members)}}}";
    }
}
