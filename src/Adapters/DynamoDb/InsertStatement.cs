using System.Globalization;
using System.Text;
using System.Text.Json;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

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
        json.WriteStartObject();
        json.WriteString("Statement"u8, TextFor(stored.TraceParent is not null, item.ExpiresAt is not null));
        json.WriteString("ReturnValuesOnConditionCheckFailure"u8, "ALL_OLD"u8);
        json.WriteStartArray("Parameters"u8);
        var bytes = WriteText(json, stored.Stream.Value)
            + WriteText(json, stored.Id.Value)
            + WriteText(json, item.Sequence)
            + WriteText(json, stored.Type)
            + WriteText(json, stored.Time)
            + WriteText(json, hash)
            + WriteNumber(json, item.StoredAt.ToUnixTimeMilliseconds());
        if (stored.TraceParent is { } trace)
        {
            bytes += WriteText(json, trace);
        }

        if (item.ExpiresAt is { } expiry)
        {
            bytes += WriteNumber(json, expiry.ToUnixTimeSeconds());
        }

        WriteEnvelope(json, stored.Envelope.Span, NameBytes + bytes);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteEnvelope(Utf8JsonWriter json, ReadOnlySpan<byte> envelope, int otherBytes)
    {
        json.WriteStartObject();
        if (compress && StoredEnvelope.Compress(envelope, otherBytes) is { } compressed)
        {
            json.WriteBase64String("B"u8, compressed);
        }
        else
        {
            json.WriteQuotedJson("S"u8, envelope);
        }

        json.WriteEndObject();
    }

    /// <returns>What DynamoDB counts for it: its UTF-8.</returns>
    private static int WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("S"u8, text);
        json.WriteEndObject();
        return Encoding.UTF8.GetByteCount(text);
    }

    /// <returns>What DynamoDB counts for it: a byte for two digits, and one more.</returns>
    private static int WriteNumber(Utf8JsonWriter json, long value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("N"u8, digits);
        json.WriteEndObject();
        return ((digits.Length + 1) / 2) + 1;
    }

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
