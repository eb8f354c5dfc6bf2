namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Records that Lambda gives up, and the object that it writes about them.</summary>
/// <param name="ShardId">Where they lie.</param>
/// <param name="Records">In order; never empty.</param>
/// <param name="Condition">The reason: one of the constants.</param>
/// <param name="Invocations">How often the first record was passed to the function.</param>
/// <param name="FunctionError">Whether the last invocation ended with a function error.</param>
/// <param name="RequestId">Lambda's request id, a UUID.</param>
internal sealed record FailedBatch(string ShardId, IReadOnlyList<ChangeRecord> Records, string Condition, int Invocations, bool FunctionError, string RequestId)
{
    public const string RetryAttemptsExhausted = "RetryAttemptsExhausted";
    public const string RecordAgeExceeded = "RecordAgeExceeded";

    /// <summary>The object's key: <c>aws/lambda/mapping/shard/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-UUID</c>.</summary>
    public string Key(string mapping, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"aws/lambda/{mapping}/{ShardId}/{now.UtcDateTime:yyyy/MM/dd/yyyy-MM-ddTHH.mm.ss}-{RequestId}");

    /// <summary>Writes the object that Lambda puts into S3 (Lambda developer guide, "Retaining discarded records for a DynamoDB event source").</summary>
    /// <param name="writer">Writes UTF-8 JSON.</param>
    /// <param name="payload">The event that the function did not process; Lambda includes it as a string.</param>
    /// <param name="functionArn">The function's ARN.</param>
    /// <param name="table">The table of the records.</param>
    /// <param name="now">When Lambda gave the records up.</param>
    public void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> payload, string functionArn, ItemTableOptions table, DateTimeOffset now)
    {
        writer.WriteStartObject();
        WriteContexts(writer, functionArn);
        writer.WriteString("version"u8, "1.0"u8);
        writer.WriteString("timestamp"u8, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        writer.WriteStartObject("DDBStreamBatchInfo"u8);
        writer.WriteString("shardId"u8, ShardId);
        writer.WriteString("startSequenceNumber"u8, Records[0].SequenceNumber);
        writer.WriteString("endSequenceNumber"u8, Records[^1].SequenceNumber);
        writer.WriteString("approximateArrivalOfFirstRecord"u8, Arrival(Records[0]));
        writer.WriteString("approximateArrivalOfLastRecord"u8, Arrival(Records[^1]));
        writer.WriteNumber("batchSize"u8, Records.Count);
        writer.WriteString("streamArn"u8, table.StreamArn);
        writer.WriteEndObject();
        writer.WriteString("payload"u8, payload);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static string Arrival(ChangeRecord record) =>
        DateTimeOffset.FromUnixTimeMilliseconds(record.CreatedMs).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void WriteContexts(Utf8JsonWriter writer, string functionArn)
    {
        writer.WriteStartObject("requestContext"u8);
        writer.WriteString("requestId"u8, RequestId);
        writer.WriteString("functionArn"u8, functionArn);
        writer.WriteString("condition"u8, Condition);
        writer.WriteNumber("approximateInvokeCount"u8, Invocations);
        writer.WriteEndObject();
        if (Invocations == 0)
        {
            return;
        }

        writer.WriteStartObject("responseContext"u8);
        writer.WriteNumber("statusCode"u8, 200);
        writer.WriteString("executedVersion"u8, "$LATEST"u8);
        writer.WritePropertyName("functionError"u8);
        if (FunctionError)
        {
            writer.WriteStringValue("Unhandled"u8);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
    }
}
