using System.Buffers.Text;
using Amazon.Lambda.KinesisFirehoseEvents;

namespace DataToEvents.Functions.Transformer;

/// <summary>
/// Reads Firehose's event in one pass: from the stream into an arena, where each record's base64 is decoded in its place. Members that the function
/// does not need are skipped.
/// </summary>
internal static class FirehoseEventReader
{
    /// <param name="event">An event as JSON; its length is known.</param>
    /// <exception cref="JsonException">The bytes are not a JSON object, or its records are not an array of objects.</exception>
    /// <exception cref="FormatException">A record's data is not base64.</exception>
    public static DecodedEvent Read(Stream @event)
    {
        var read = new DecodedEvent(new ByteArena());
        var json = read.Arena.Take((int)(@event.Length - @event.Position));
        @event.ReadExactly(json.Span);
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.NextObject())
        {
            return read;
        }

        while (reader.NextMember())
        {
            if (reader.Is("records"u8))
            {
                read.Records = Records(ref reader, json);
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

        // Throws if anything follows the object.
        reader.Read();
        return read;
    }

    private static List<KinesisFirehoseEvent.FirehoseRecord>? Records(ref Utf8JsonReader reader, Memory<byte> json)
    {
        if (!reader.NextArray())
        {
            return null;
        }

        var records = new List<KinesisFirehoseEvent.FirehoseRecord>();
        while (reader.NextElement())
        {
            records.Add(Record(ref reader, json));
        }

        return records;
    }

    private static DecodedRecord Record(ref Utf8JsonReader reader, Memory<byte> json)
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
                record.Data = Data(ref reader, json);
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

    private static ReadOnlyMemory<byte>? Data(ref Utf8JsonReader reader, Memory<byte> json)
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

        // The bytes after the opening quote. The reader has passed them, and the decoded bytes are fewer.
        var data = json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        return Base64.DecodeFromUtf8InPlace(data.Span, out var length) == OperationStatus.Done
            ? data[..length]
            : throw new FormatException("A record's data is no base64: the event is not Firehose's.");
    }
}
