using System.Text.Json;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The event that Lambda passes to a function for records of a stream.</summary>
internal static class StreamEvent
{
    /// <summary>Who deletes expired items.</summary>
    public const string Service = "dynamodb.amazonaws.com";

    /// <summary>What a record takes beside its images and keys, generously.</summary>
    private const int RecordBytes = 800;

    /// <summary>An upper bound of what a record takes in an event.</summary>
    public static int BytesOf(ChangeRecord record) => record.ImageBytes + (6 * (record.PartitionKey.Length + record.SortKey.Length)) + RecordBytes;

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ChangeRecord> records, ItemTableOptions table)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Records"u8);
        var arn = table.StreamArn;
        foreach (var record in records)
        {
            Write(writer, record, table, arn);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>One record, as the event holds it and as filter criteria see it.</summary>
    public static void Write(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table) => Write(writer, record, table, table.StreamArn);

    private static void Write(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table, string arn)
    {
        writer.WriteStartObject();
        WriteMembers(writer, record, table);
        if (record.ByTimeToLive)
        {
            writer.WriteStartObject("userIdentity"u8);
            writer.WriteString("type"u8, "Service"u8);
            writer.WriteString("principalId"u8, Service);
            writer.WriteEndObject();
        }

        writer.WriteString("eventSourceARN"u8, arn);
        writer.WriteEndObject();
    }

    /// <summary>What a record has in common in Lambda's event and in the stream's own API.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table)
    {
        WriteEventId(writer, record.Sequence);
        writer.WriteString("eventName"u8, record.EventName);
        writer.WriteString("eventVersion"u8, "1.1"u8);
        writer.WriteString("eventSource"u8, "aws:dynamodb"u8);
        writer.WriteString("awsRegion"u8, table.Region);
        WriteChange(writer, record, table);
    }

    private static void WriteChange(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table)
    {
        writer.WriteStartObject("dynamodb"u8);
        writer.WriteNumber("ApproximateCreationDateTime"u8, record.CreatedMs / 1000);
        writer.WriteStartObject("Keys"u8);
        WriteKey(writer, table.PartitionKey, record.PartitionKey);
        WriteKey(writer, table.SortKey, record.SortKey);
        writer.WriteEndObject();
        WriteImage(writer, "NewImage"u8, record.NewImage);
        WriteImage(writer, "OldImage"u8, record.OldImage);
        writer.WriteString("SequenceNumber"u8, record.SequenceNumber);
        writer.WriteNumber("SizeBytes"u8, record.PartitionKey.Length + record.SortKey.Length + record.ImageBytes);
        writer.WriteString("StreamViewType"u8, "NEW_AND_OLD_IMAGES"u8);
        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("S"u8, value);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> image)
    {
        if (!image.IsEmpty)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(image.Span, skipInputValidation: true);
        }
    }

    // 32 hexadecimal digits, the same for the same change whenever it is told.
    private static void WriteEventId(Utf8JsonWriter writer, long sequence)
    {
        Span<byte> id = stackalloc byte[32];
        ((ulong)sequence * 0x9E3779B97F4A7C15).TryFormat(id, out _, "x16");
        ((ulong)sequence).TryFormat(id[16..], out _, "x16");
        writer.WriteString("eventID"u8, id);
    }
}
