using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Emulator.Http.Firehose;

/// <summary>Firehose's JSON protocol in front of delivery streams: PutRecord, PutRecordBatch, DescribeDeliveryStream, ListDeliveryStreams.</summary>
public sealed class FirehoseService(params IReadOnlyList<DeliveryStream> streams) : IJsonService
{
    internal const string PutRecordBatch = "PutRecordBatch";

    private const string PutRecord = "PutRecord";

    /// <summary>Names in a listing: as many as asked for, else this many. Source: Amazon Data Firehose API Reference, "ListDeliveryStreams".</summary>
    private const int DefaultLimit = 10;

    private const int MaxLimit = 10_000;

    private static readonly string[] Types = ["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"];

    private static readonly RequestShape Record = new("Data");

    private readonly SortedDictionary<string, DeliveryStream> _streams = new(streams.ToDictionary(stream => stream.Options.Name), StringComparer.Ordinal);

    public string TargetPrefix => "Firehose_20150804";

    public string ContentType => "application/x-amz-json-1.1";

    /// <summary>4 MiB of records in base64, and the JSON around 500 of them.</summary>
    public int MaxBodyBytes => (DeliveryStreamLimits.MaxBytesPerCall / 3 * 4) + (1024 * 1024);

    public IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        [PutRecord] = new("DeliveryStreamName", new RequestMember("Record") { Members = Record }),
        [PutRecordBatch] = new("DeliveryStreamName", new RequestMember("Records") { Each = Record }),
        ["DescribeDeliveryStream"] = new("DeliveryStreamName"),
        ["ListDeliveryStreams"] = new("DeliveryStreamType", "Limit", "ExclusiveStartDeliveryStreamName"),
    };

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case PutRecordBatch:
                await PutRecordBatchAsync(PutRequest.Read(operation, request), answer);
                break;
            case PutRecord:
                (await PutRecordAsync(PutRequest.Read(operation, request))).WriteTo(answer);
                break;
            default:
                using (var call = JsonRequest.Parse(this, operation, request))
                {
                    (operation == "ListDeliveryStreams" ? List(call) : Describe(Find(call.Text("DeliveryStreamName")))).WriteTo(answer);
                }

                break;
        }
    }

    public AwsError Refusal(ServiceException refused) => new(refused.Code == PutRecordEntry.ServiceUnavailable ? 503 : 400, refused.Code, refused.Message);

    private async Task<JsonObject> PutRecordAsync(PutRequest put)
    {
        var stream = Find(put.StreamName);
        return put.Records.Count == 1
            ? new JsonObject { ["RecordId"] = await stream.PutRecordAsync(put.Records[0]), ["Encrypted"] = false }
            : throw new AwsException("ValidationException", "1 validation error detected: Value null at 'record' failed to satisfy constraint: Member must not be null");
    }

    private async Task PutRecordBatchAsync(PutRequest put, Utf8JsonWriter answer)
    {
        var result = await Find(put.StreamName).PutRecordBatchAsync(put.Records);
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

    private static JsonObject Describe(DeliveryStream stream)
    {
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

    private JsonObject List(JsonRequest call)
    {
        var (type, after, limit) = (call.Text("DeliveryStreamType"), call.Text("ExclusiveStartDeliveryStreamName"), call.Number("Limit") ?? DefaultLimit);
        if (limit is < 1 or > MaxLimit)
        {
            throw new AwsException("ValidationException", string.Create(CultureInfo.InvariantCulture, $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to {MaxLimit}"));
        }

        if (type is not null && !Types.Contains(type))
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{type}' at 'deliveryStreamType' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Types)}]");
        }

        // Streams here take records by PutRecord and PutRecordBatch only.
        var names = type is null or "DirectPut" ? _streams.Keys.Where(name => string.CompareOrdinal(name, after) > 0).ToList() : [];
        return new JsonObject { ["DeliveryStreamNames"] = new JsonArray([.. names.Take(limit)]), ["HasMoreDeliveryStreams"] = names.Count > limit };
    }

    private DeliveryStream Find(string? name) => _streams.GetValueOrDefault(name ?? "") ?? throw new AwsException(
        "ResourceNotFoundException",
        string.Create(CultureInfo.InvariantCulture, $"Firehose {name} under account {streams[0].Options.AccountId} not found."));
}
