namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>The JSON with which Firehose invokes a transformation function.</summary>
internal static class TransformRequest
{
    private static readonly JsonEncodedText _recordId = JsonEncodedText.Encode("recordId");
    private static readonly JsonEncodedText _arrival = JsonEncodedText.Encode("approximateArrivalTimestamp");
    private static readonly JsonEncodedText _data = JsonEncodedText.Encode("data");

    public static void Write(TransformBatch batch, DeliveryStreamOptions stream)
    {
        batch.Request.ResetWrittenCount();
        using var json = new Utf8JsonWriter(batch.Request, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("invocationId"u8, InvocationId(batch.Records[0].Id));
        json.WriteString("deliveryStreamArn"u8, stream.Arn);
        json.WriteString("region"u8, stream.Region);
        json.WriteStartArray("records"u8);
        Span<byte> id = stackalloc byte[RecordId.Length];
        for (var i = 0; i < batch.Records.Count; i++)
        {
            var record = batch.Records[i];
            record.Id.Format(id);
            json.WriteStartObject();
            json.WriteString(_recordId, id);
            json.WriteNumber(_arrival, record.Row.AtMs);
            json.WriteBase64String(_data, record.Data.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An id of the batch for logs. It is unique, because no two batches begin with the same record.</summary>
    private static Guid InvocationId(RecordId first)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, first.RowId);
        BitConverter.TryWriteBytes(bytes[8..], first.Index);
        return new Guid(bytes, bigEndian: true);
    }
}
