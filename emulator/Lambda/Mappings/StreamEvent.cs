namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The event that Lambda passes to a function for records of a stream.</summary>
internal static class StreamEvent
{
    /// <summary>More than a record takes beside its images and keys.</summary>
    private const int RecordBytes = 800;

    /// <summary>An upper bound for the bytes of a record in an event.</summary>
    public static int BytesOf(ChangeRecord record) => record.ImageBytes + (6 * (record.PartitionKey.Length + record.SortKey.Length)) + RecordBytes;

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ChangeRecord> records, ItemTableOptions table)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Records"u8);
        var arn = table.StreamArn;
        foreach (var record in records)
        {
            StreamRecordJson.Write(writer, record, table, arn);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
    }
}
