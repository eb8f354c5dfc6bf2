using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>Writes Lambda's JSON for stream records. Images are copied as they are stored.</summary>
internal sealed class StreamEventJson(TableOptions table)
{
    public const string ShardId = "shardId-00000001700000000000-00000001";

    private static readonly JsonWriterOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The event that a function is invoked with.</summary>
    public ReadOnlyMemory<byte> Event(ReadOnlySpan<ChangeRecord> records)
    {
        var (buffer, json) = Begin(records);
        using (json)
        {
            json.WriteStartObject();
            WriteRecords(json, records);
            json.WriteEndObject();
            json.Flush();
            return buffer.WrittenMemory;
        }
    }

    /// <summary>What an S3 on-failure destination receives: the reason, the range, and the records themselves.</summary>
    public ReadOnlyMemory<byte> Failure(ReadOnlySpan<ChangeRecord> records, string functionArn, string condition, int invocations, DateTimeOffset now, FailedInvocation? last)
    {
        var (buffer, json) = Begin(records);
        using (json)
        {
            json.WriteStartObject();
            WriteContexts(json, functionArn, condition, invocations, last);
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", now.UtcDateTime);
            WriteRange(json, records);
            json.WriteStartObject("payload");
            WriteRecords(json, records);
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            return buffer.WrittenMemory;
        }
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Begin(ReadOnlySpan<ChangeRecord> records)
    {
        var size = 512;
        foreach (var record in records)
        {
            size += record.Bytes + 768;
        }

        var buffer = new ArrayBufferWriter<byte>(size);
        return (buffer, new Utf8JsonWriter(buffer, Verbatim));
    }

    private static void WriteContexts(Utf8JsonWriter json, string functionArn, string condition, int invocations, FailedInvocation? last)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("functionArn", functionArn);
        json.WriteString("condition", condition);
        json.WriteNumber("approximateInvokeCount", invocations);
        json.WriteEndObject();
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", 200);
        json.WriteString("executedVersion", "$LATEST");
        if (last is not null)
        {
            json.WriteString("functionError", last.Error);
        }

        json.WriteEndObject();
    }

    private void WriteRange(Utf8JsonWriter json, ReadOnlySpan<ChangeRecord> records)
    {
        json.WriteStartObject("DDBStreamBatchInfo");
        json.WriteString("shardId", ShardId);
        json.WriteString("startSequenceNumber", records[0].SequenceNumber);
        json.WriteString("endSequenceNumber", records[^1].SequenceNumber);
        json.WriteString("approximateArrivalOfFirstRecord", DateTimeOffset.FromUnixTimeMilliseconds(records[0].AtMs).UtcDateTime);
        json.WriteString("approximateArrivalOfLastRecord", DateTimeOffset.FromUnixTimeMilliseconds(records[^1].AtMs).UtcDateTime);
        json.WriteNumber("batchSize", records.Length);
        json.WriteString("streamArn", table.StreamArn);
        json.WriteEndObject();
    }

    private void WriteRecords(Utf8JsonWriter json, ReadOnlySpan<ChangeRecord> records)
    {
        json.WriteStartArray("Records"u8);
        foreach (var record in records)
        {
            WriteRecord(json, record);
        }

        json.WriteEndArray();
    }

    private void WriteRecord(Utf8JsonWriter json, ChangeRecord record)
    {
        json.WriteStartObject();
        json.WriteString("eventID"u8, record.Sequence.ToString("x32", CultureInfo.InvariantCulture));
        json.WriteString("eventName"u8, record.Kind switch { ChangeKind.Insert => "INSERT"u8, ChangeKind.Modify => "MODIFY"u8, _ => "REMOVE"u8 });
        json.WriteString("eventVersion"u8, "1.1"u8);
        json.WriteString("eventSource"u8, "aws:dynamodb"u8);
        json.WriteString("awsRegion"u8, table.Region);
        json.WriteStartObject("dynamodb"u8);
        json.WriteNumber("ApproximateCreationDateTime"u8, record.AtMs / 1_000);
        WriteKeys(json, record);
        WriteImage(json, "NewImage"u8, record.NewImage);
        WriteImage(json, "OldImage"u8, record.OldImage);
        json.WriteString("SequenceNumber"u8, record.SequenceNumber);
        json.WriteNumber("SizeBytes"u8, record.Bytes);
        json.WriteString("StreamViewType"u8, "NEW_AND_OLD_IMAGES"u8);
        json.WriteEndObject();
        if (record.ByExpiry)
        {
            json.WriteStartObject("userIdentity"u8);
            json.WriteString("type"u8, "Service"u8);
            json.WriteString("principalId"u8, "dynamodb.amazonaws.com"u8);
            json.WriteEndObject();
        }

        json.WriteString("eventSourceARN"u8, table.StreamArn);
        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, ChangeRecord record)
    {
        json.WriteStartObject("Keys"u8);
        json.WriteStartObject("pk"u8);
        json.WriteString("S"u8, record.Pk);
        json.WriteEndObject();
        json.WriteStartObject("sk"u8);
        json.WriteString("S"u8, record.Sk);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? image)
    {
        if (image is { } raw)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(raw.Span, skipInputValidation: true);
        }
    }
}

/// <param name="Error">The function's error type, or what was wrong with its answer.</param>
internal sealed record FailedInvocation(string Error);
