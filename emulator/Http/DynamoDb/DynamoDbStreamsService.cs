using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The JSON protocol of DynamoDB Streams before the engine's tables: each stream has one shard, which never closes.</summary>
public sealed class DynamoDbStreamsService(IEnumerable<ItemTable> tables) : IJsonService
{
    /// <summary>DynamoDB: records of a GetRecords.</summary>
    private const int MaxRecords = 1_000;

    private readonly Dictionary<string, ItemTable> _streams = tables.Where(table => table.Options.HasStream).ToDictionary(table => table.Options.StreamArn);

    public string TargetPrefix => "DynamoDBStreams_20120810";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.dynamodb.v20120810#";

    public int MaxBodyBytes => 1024 * 1024;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(request);
        RequestShapes.CheckOfStreams(operation, call.Json);
        switch (operation)
        {
            case "ListStreams":
                List(call, answer);
                break;
            case "DescribeStream":
                Describe(Find(call.RequiredText("StreamArn")), answer);
                break;
            case "GetShardIterator":
                WriteIterator(call, answer);
                break;
            case "GetRecords":
                await GetRecordsAsync(call, answer);
                break;
            default:
                throw new AwsException(AwsError.UnknownOperation with { Status = 400 });
        }
    }

    private void List(JsonRequest call, Utf8JsonWriter answer)
    {
        var name = call.Text("TableName");
        answer.WriteStartObject();
        answer.WriteStartArray("Streams");
        foreach (var table in _streams.Values.Where(table => name is null || table.Options.Name == name))
        {
            answer.WriteStartObject();
            WriteName(answer, table);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static void Describe(ItemTable table, Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartObject("StreamDescription");
        WriteName(answer, table);
        answer.WriteString("StreamStatus", "ENABLED");
        answer.WriteString("StreamViewType", "NEW_AND_OLD_IMAGES");
        TableListings.WriteKeySchema(answer, table.Options);
        answer.WriteStartArray("Shards");
        answer.WriteStartObject();
        answer.WriteString("ShardId", ChangeStream.ShardId);
        answer.WriteStartObject("SequenceNumberRange");
        answer.WriteString("StartingSequenceNumber", ChangeRecord.FormatSequence(table.Stream.Horizon + 1));
        answer.WriteEndObject();
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    private void WriteIterator(JsonRequest call, Utf8JsonWriter answer)
    {
        var table = Find(call.RequiredText("StreamArn"));
        if (call.RequiredText("ShardId") != ChangeStream.ShardId)
        {
            throw new AwsException("ResourceNotFoundException", "Requested resource not found: Shard does not exist");
        }

        var log = table.Stream;
        var position = call.RequiredText("ShardIteratorType") switch
        {
            "TRIM_HORIZON" => log.Horizon,
            "LATEST" => log.Last,
            "AFTER_SEQUENCE_NUMBER" => Sequence(call),
            "AT_SEQUENCE_NUMBER" => Sequence(call) - 1,
            var type => throw new AwsException("ValidationException", $"ShardIteratorType {type} is not one of TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER."),
        };
        if (position < log.Horizon)
        {
            throw new AwsException("TrimmedDataAccessException", "The requested sequence number is older than what the stream still holds.");
        }

        answer.WriteStartObject();
        answer.WriteString("ShardIterator", Iterator(table, position));
        answer.WriteEndObject();
    }

    private async Task GetRecordsAsync(JsonRequest call, Utf8JsonWriter answer)
    {
        var iterator = call.RequiredText("ShardIterator").Split('|');
        if (iterator.Length != 2 || !long.TryParse(iterator[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw new AwsException("ValidationException", "Invalid ShardIterator.");
        }

        var table = Find(iterator[0]);
        var cursor = new StreamCursor { Position = position };
        var records = await table.Stream.ReadAsync(cursor, static _ => true, Math.Clamp(call.Number("Limit") ?? MaxRecords, 1, MaxRecords));
        answer.WriteStartObject();
        answer.WriteStartArray("Records");
        records.ForEach(record => StreamRecordJson.Write(answer, record, table.Options, eventSourceArn: null));
        answer.WriteEndArray();
        answer.WriteString("NextShardIterator", Iterator(table, cursor.Position));
        answer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter answer, ItemTable table)
    {
        answer.WriteString("StreamArn", table.Options.StreamArn);
        answer.WriteString("TableName", table.Options.Name);
        answer.WriteString("StreamLabel", table.Options.StreamArn[(table.Options.StreamArn.LastIndexOf('/') + 1)..]);
    }

    private static string Iterator(ItemTable table, long position) => string.Create(CultureInfo.InvariantCulture, $"{table.Options.StreamArn}|{position}");

    /// <summary>A sequence number is the change's number behind a 1, so that it has no leading zeros.</summary>
    private static long Sequence(JsonRequest call) =>
        call.RequiredText("SequenceNumber") is ['1', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsException("ValidationException", "Invalid SequenceNumber.");

    private ItemTable Find(string streamArn) => _streams.TryGetValue(streamArn, out var table)
        ? table
        : throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {streamArn} not found");
}
