namespace DataToEvents.Emulator.Tables;

/// <summary>A stream record as JSON. DynamoDB's GetRecords and Lambda's event write it alike but for two members.</summary>
internal static class StreamRecordJson
{
    /// <param name="writer">Writes UTF-8 JSON.</param>
    /// <param name="record">The record to write.</param>
    /// <param name="table">The record's table.</param>
    /// <param name="eventSourceArn">The stream's ARN, for Lambda's event; null for GetRecords.</param>
    public static void Write(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table, string? eventSourceArn)
    {
        writer.WriteStartObject();
        WriteEventId(writer, record.Sequence);
        writer.WriteString("eventName"u8, record.EventName);
        writer.WriteString("eventVersion"u8, "1.1"u8);
        writer.WriteString("eventSource"u8, "aws:dynamodb"u8);
        writer.WriteString("awsRegion"u8, table.Region);
        WriteChange(writer, record, table);
        if (record.ByTimeToLive)
        {
            writer.WriteStartObject("userIdentity"u8);
            writer.WriteString(eventSourceArn is null ? "Type"u8 : "type"u8, "Service"u8);
            writer.WriteString(eventSourceArn is null ? "PrincipalId"u8 : "principalId"u8, "dynamodb.amazonaws.com"u8);
            writer.WriteEndObject();
        }

        if (eventSourceArn is not null)
        {
            writer.WriteString("eventSourceARN"u8, eventSourceArn);
        }

        writer.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter writer, ChangeRecord record, ItemTableOptions table)
    {
        writer.WriteStartObject("dynamodb"u8);
        writer.WriteNumber("ApproximateCreationDateTime"u8, record.CreatedMs / 1000);
        writer.WriteStartObject("Keys"u8);
        WriteKey(writer, table.PartitionKey, table.PartitionKeyKind, record.PartitionKey);
        if (table.SortKey is not null)
        {
            WriteKey(writer, table.SortKey, table.SortKeyKind, record.SortKey);
        }

        writer.WriteEndObject();
        var (newImage, oldImage) = (Shown(record.NewImage, table, "NEW_IMAGE"), Shown(record.OldImage, table, "OLD_IMAGE"));
        WriteImage(writer, "NewImage"u8, newImage);
        WriteImage(writer, "OldImage"u8, oldImage);
        writer.WriteString("SequenceNumber"u8, record.SequenceNumber);
        writer.WriteNumber("SizeBytes"u8, SizeOf(record, table) + AttributeSize.OfItem(oldImage.Span) + AttributeSize.OfItem(newImage.Span));
        writer.WriteString("StreamViewType"u8, table.StreamViewType);
        writer.WriteEndObject();
    }

    // The key, and the images that are shown. Source: LocalStack's recordings of AWS, dynamodb: test_batch_write_items_streaming, test_dynamodb_stream_stream_view_type.
    private static int SizeOf(ChangeRecord record, ItemTableOptions table) =>
        SizeOf(table.PartitionKey, table.PartitionKeyKind, record.PartitionKey) + (table.SortKey is null ? 0 : SizeOf(table.SortKey, table.SortKeyKind, record.SortKey));

    private static int SizeOf(string name, KeyKind kind, string key) =>
        Encoding.UTF8.GetByteCount(name) + (kind == KeyKind.N ? AttributeSize.OfNumber(ItemNumber.Parse(Encoding.UTF8.GetBytes(KeyText.Value(kind, key)))) : KeyText.Length(kind, key));

    private static ReadOnlyMemory<byte> Shown(ReadOnlyMemory<byte> image, ItemTableOptions table, string view) =>
        table.StreamViewType == ItemTableOptions.BothImages || table.StreamViewType == view ? image : default;

    private static void WriteKey(Utf8JsonWriter writer, string name, KeyKind kind, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString(KeyText.Type(kind), KeyText.Value(kind, value));
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

    // 32 hexadecimal digits: the same for the same change, however often it is read.
    private static void WriteEventId(Utf8JsonWriter writer, long sequence)
    {
        Span<byte> id = stackalloc byte[32];
        ((ulong)sequence * 0x9E3779B97F4A7C15).TryFormat(id, out _, "x16");
        ((ulong)sequence).TryFormat(id[16..], out _, "x16");
        writer.WriteString("eventID"u8, id);
    }
}
