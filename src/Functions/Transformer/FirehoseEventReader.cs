using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisFirehoseEvents;
using DataToEvents.Domain;

namespace DataToEvents.Functions.Transformer;

/// <summary>Reads Firehose's event in one pass. As in Amazon's serializer, names count in any case, and what is not known is passed over.</summary>
internal static class FirehoseEventReader
{
    /// <exception cref="JsonException">The bytes are no JSON object, or its records none.</exception>
    /// <exception cref="FormatException">A record's data is no base64.</exception>
    public static DecodedEvent Read(ReadOnlySpan<byte> json)
    {
        var read = new DecodedEvent(new ByteArena());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(reader, "records"u8))
            {
                read.Records = Records(ref reader, read.Arena);
            }
            else if (Is(reader, "invocationId"u8))
            {
                read.InvocationId = Text(ref reader);
            }
            else if (Is(reader, "deliveryStreamArn"u8))
            {
                read.DeliveryStreamArn = Text(ref reader);
            }
            else if (Is(reader, "region"u8))
            {
                read.Region = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Throws at whatever follows the object.
        reader.Read();
        return read;
    }

    private static List<KinesisFirehoseEvent.FirehoseRecord>? Records(ref Utf8JsonReader reader, ByteArena arena)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.StartArray);
        var records = new List<KinesisFirehoseEvent.FirehoseRecord>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            records.Add(Record(ref reader, arena));
        }

        return records;
    }

    private static DecodedRecord Record(ref Utf8JsonReader reader, ByteArena arena)
    {
        Expect(reader, JsonTokenType.StartObject);
        var record = new DecodedRecord();
        while (NextMember(ref reader))
        {
            if (Is(reader, "recordId"u8))
            {
                record.RecordId = Text(ref reader);
            }
            else if (Is(reader, "data"u8))
            {
                record.Data = Data(ref reader, arena);
            }
            else if (Is(reader, "approximateArrivalTimestamp"u8))
            {
                reader.Read();
                record.ApproximateArrivalEpoch = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return record;
    }

    private static ReadOnlyMemory<byte>? Data(ref Utf8JsonReader reader, ByteArena arena)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.String);
        if (reader.ValueIsEscaped)
        {
            // "/" and "+" may be escaped.
            return reader.GetBytesFromBase64();
        }

        var decoded = arena.Take(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length));
        return Base64.DecodeFromUtf8(reader.ValueSpan, decoded.Span, out _, out var length) == OperationStatus.Done
            ? arena.Shrink(decoded, length)
            : throw new FormatException("A record's data is no base64: the event is not Firehose's.");
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static void Expect(in Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"The event is not Firehose's: {reader.TokenType} at byte {reader.TokenStartIndex}, where {type} was expected.");
        }
    }
}
