using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisFirehoseEvents;
using DataToEvents.Domain;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.Transformer;

/// <summary>Reads Firehose's event in one pass.</summary>
internal static class FirehoseEventReader
{
    /// <exception cref="JsonException">The bytes are no JSON object, or its records none.</exception>
    /// <exception cref="FormatException">A record's data is no base64.</exception>
    public static DecodedEvent Read(ReadOnlySpan<byte> json)
    {
        var read = new DecodedEvent(new ByteArena());
        var reader = new Utf8JsonReader(json);
        if (!reader.NextObject())
        {
            return read;
        }

        while (reader.NextMember())
        {
            if (reader.Is("records"u8))
            {
                read.Records = Records(ref reader, read.Arena);
            }
            else if (reader.Is("invocationId"u8))
            {
                read.InvocationId = reader.NextText();
            }
            else if (reader.Is("deliveryStreamArn"u8))
            {
                read.DeliveryStreamArn = reader.NextText();
            }
            else if (reader.Is("region"u8))
            {
                read.Region = reader.NextText();
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
        if (!reader.NextArray())
        {
            return null;
        }

        var records = new List<KinesisFirehoseEvent.FirehoseRecord>();
        while (reader.NextElement())
        {
            records.Add(Record(ref reader, arena));
        }

        return records;
    }

    private static DecodedRecord Record(ref Utf8JsonReader reader, ByteArena arena)
    {
        var record = new DecodedRecord();
        while (reader.NextMember())
        {
            if (reader.Is("recordId"u8))
            {
                record.RecordId = reader.NextText();
            }
            else if (reader.Is("data"u8))
            {
                record.Data = Data(ref reader, arena);
            }
            else if (reader.Is("approximateArrivalTimestamp"u8))
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
        if (!reader.NextString())
        {
            return null;
        }

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
}
