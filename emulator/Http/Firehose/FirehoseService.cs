using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Http.Firehose;

/// <summary>Firehose's wire protocol before a delivery stream: PutRecord, PutRecordBatch, DescribeDeliveryStream, ListDeliveryStreams.</summary>
public sealed class FirehoseService(DeliveryStream stream) : IJsonService
{
    /// <summary>4 MiB of records in base64, and what JSON puts around 500 of them.</summary>
    private const int MaxBody = (DeliveryStreamLimits.MaxBytesPerCall / 3 * 4) + (1024 * 1024);

    public string TargetPrefix => "Firehose_20150804";

    public string ContentType => "application/x-amz-json-1.1";

    public int MaxBodyBytes => MaxBody;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        try
        {
            await (operation switch
            {
                "PutRecord" => PutRecordAsync(request, answer),
                "PutRecordBatch" => PutRecordBatchAsync(request, answer),
                "DescribeDeliveryStream" => DescribeAsync(request, answer),
                "ListDeliveryStreams" => ListAsync(answer),
                _ => throw new AwsException(AwsError.UnknownOperation),
            });
        }
        catch (DeliveryStreamException refused)
        {
            var status = refused.Code == PutRecordEntry.ServiceUnavailable ? 503 : 400;
            throw new AwsException(new AwsError(status, refused.Code, refused.Message));
        }
    }

    private async Task PutRecordAsync(Memory<byte> request, Utf8JsonWriter answer)
    {
        var put = PutRequest.Read(request);
        CheckName(put.StreamName);
        if (put.Records.Count != 1)
        {
            throw new AwsException("ValidationException", "1 validation error detected: Value null at 'record' failed to satisfy constraint: Member must not be null");
        }

        var recordId = await stream.PutRecordAsync(put.Records[0]);
        answer.WriteStartObject();
        answer.WriteString("RecordId", recordId);
        answer.WriteBoolean("Encrypted", false);
        answer.WriteEndObject();
    }

    private async Task PutRecordBatchAsync(Memory<byte> request, Utf8JsonWriter answer)
    {
        var put = PutRequest.Read(request);
        CheckName(put.StreamName);
        var result = await stream.PutRecordBatchAsync(put.Records);
        answer.WriteStartObject();
        answer.WriteNumber("FailedPutCount"u8, result.FailedPutCount);
        answer.WriteBoolean("Encrypted"u8, false);
        answer.WriteStartArray("RequestResponses"u8);
        for (var i = 0; i < result.Count; i++)
        {
            Write(answer, result[i]);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter answer, PutRecordEntry entry)
    {
        answer.WriteStartObject();
        if (entry.RecordId is { } recordId)
        {
            answer.WriteString("RecordId"u8, recordId);
        }
        else
        {
            answer.WriteString("ErrorCode"u8, entry.ErrorCode);
            answer.WriteString("ErrorMessage"u8, entry.ErrorMessage);
        }

        answer.WriteEndObject();
    }

    private Task DescribeAsync(Memory<byte> request, Utf8JsonWriter answer)
    {
        CheckName(PutRequest.Read(request).StreamName);
        answer.WriteStartObject();
        answer.WriteStartObject("DeliveryStreamDescription");
        answer.WriteString("DeliveryStreamName", stream.Options.Name);
        answer.WriteString("DeliveryStreamARN", stream.Options.Arn);
        answer.WriteString("DeliveryStreamStatus", "ACTIVE");
        answer.WriteString("DeliveryStreamType", "DirectPut");
        answer.WriteString("VersionId", "1");
        answer.WriteBoolean("HasMoreDestinations", false);
        answer.WriteStartArray("Destinations");
        answer.WriteStartObject();
        answer.WriteString("DestinationId", "destinationId-000000000001");
        answer.WriteStartObject("ExtendedS3DestinationDescription");
        answer.WriteString("Prefix", stream.Options.Prefix);
        answer.WriteString("ErrorOutputPrefix", stream.Options.ErrorOutputPrefix);
        answer.WriteString("CompressionFormat", "GZIP");
        answer.WriteEndObject();
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteEndObject();
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task ListAsync(Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("DeliveryStreamNames");
        answer.WriteStringValue(stream.Options.Name);
        answer.WriteEndArray();
        answer.WriteBoolean("HasMoreDeliveryStreams", false);
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    private void CheckName(string? name)
    {
        if (name != stream.Options.Name)
        {
            throw new AwsException(
                "ResourceNotFoundException",
                string.Create(CultureInfo.InvariantCulture, $"Firehose {name} under account {stream.Options.AccountId} not found."));
        }
    }
}
