using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Emulator.Http.Firehose;

/// <summary>Firehose's JSON protocol in front of one delivery stream: PutRecord, PutRecordBatch, DescribeDeliveryStream, ListDeliveryStreams.</summary>
public sealed class FirehoseService(DeliveryStream stream) : IJsonService
{
    public string TargetPrefix => "Firehose_20150804";

    public string ContentType => "application/x-amz-json-1.1";

    /// <summary>4 MiB of records in base64, and the JSON around 500 of them.</summary>
    public int MaxBodyBytes => (DeliveryStreamLimits.MaxBytesPerCall / 3 * 4) + (1024 * 1024);

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "PutRecordBatch":
                await PutRecordBatchAsync(request, answer);
                break;
            case "PutRecord":
                (await PutRecordAsync(request)).WriteTo(answer);
                break;
            case "DescribeDeliveryStream":
                Describe(request).WriteTo(answer);
                break;
            case "ListDeliveryStreams":
                List().WriteTo(answer);
                break;
            default:
                throw new AwsException(AwsError.UnknownOperation);
        }
    }

    public AwsError Refusal(ServiceException refused) => new(refused.Code == PutRecordEntry.ServiceUnavailable ? 503 : 400, refused.Code, refused.Message);

    private async Task<JsonObject> PutRecordAsync(Memory<byte> request)
    {
        var put = PutRequest.Read(request);
        CheckName(put.StreamName);
        return put.Records.Count == 1
            ? new JsonObject { ["RecordId"] = await stream.PutRecordAsync(put.Records[0]), ["Encrypted"] = false }
            : throw new AwsException("ValidationException", "1 validation error detected: Value null at 'record' failed to satisfy constraint: Member must not be null");
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

    private JsonObject Describe(Memory<byte> request)
    {
        CheckName(PutRequest.Read(request).StreamName);
        var destination = new JsonObject
        {
            ["DestinationId"] = "destinationId-000000000001",
            ["ExtendedS3DestinationDescription"] = new JsonObject
            {
                ["Prefix"] = stream.Options.Prefix,
                ["ErrorOutputPrefix"] = stream.Options.ErrorOutputPrefix,
                ["CompressionFormat"] = "GZIP",
            },
        };
        return new JsonObject
        {
            ["DeliveryStreamDescription"] = new JsonObject
            {
                ["DeliveryStreamName"] = stream.Options.Name,
                ["DeliveryStreamARN"] = stream.Options.Arn,
                ["DeliveryStreamStatus"] = "ACTIVE",
                ["DeliveryStreamType"] = "DirectPut",
                ["VersionId"] = "1",
                ["HasMoreDestinations"] = false,
                ["Destinations"] = new JsonArray(destination),
            },
        };
    }

    private JsonObject List() => new() { ["DeliveryStreamNames"] = new JsonArray(stream.Options.Name), ["HasMoreDeliveryStreams"] = false };

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
