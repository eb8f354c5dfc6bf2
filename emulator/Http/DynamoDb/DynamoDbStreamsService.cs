namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The JSON protocol of DynamoDB Streams in front of the emulator's tables. A closed shard has an end, and children.</summary>
public sealed class DynamoDbStreamsService(TableCatalog tables) : IJsonService
{
    /// <summary>Records in a GetRecords. Source: Amazon DynamoDB API Reference, "GetRecords".</summary>
    private const int MaxRecords = 1_000;

    /// <summary>Shards in a DescribeStream. Source: Amazon DynamoDB API Reference, "DescribeStream".</summary>
    private const int MaxShards = 100;

    public string TargetPrefix => "DynamoDBStreams_20120810";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.dynamodb.v20120810#";

    public int MaxBodyBytes => 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => RequestShapes.OfStreams;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        switch (operation)
        {
            case "ListStreams":
                List(call.Text("TableName")).WriteTo(answer);
                break;
            case "DescribeStream":
                Describe(Find(call.RequiredText("StreamArn")), call.Text("ExclusiveStartShardId"), call.Number("Limit") ?? MaxShards).WriteTo(answer);
                break;
            case "GetShardIterator":
                new JsonObject { ["ShardIterator"] = Iterator(call) }.WriteTo(answer);
                break;
            case "GetRecords":
                await GetRecordsAsync(call, answer);
                break;
        }
    }

    private JsonObject List(string? tableName)
    {
        var streams = tables.All.Where(table => table.Options.HasStream && (tableName is null || table.Options.Name == tableName));
        return new JsonObject { ["Streams"] = new JsonArray([.. streams.Select(Stream)]) };
    }

    private static JsonObject Describe(ItemTable table, string? after, int limit)
    {
        var left = table.Stream.Shards.Where(shard => shard.Until > table.Stream.Horizon && string.CompareOrdinal(shard.Id, after) > 0).ToList();
        var page = left.Take(limit).ToList();
        var description = Stream(table);
        description["StreamStatus"] = "ENABLED";
        description["StreamViewType"] = table.Options.StreamViewType;
        description["KeySchema"] = TableListings.KeySchema(table.Options.Keys);
        description["Shards"] = new JsonArray([.. page.Select(shard => Describe(shard, table.Stream))]);
        if (page.Count < left.Count)
        {
            description["LastEvaluatedShardId"] = page[^1].Id;
        }

        return new JsonObject { ["StreamDescription"] = description };
    }

    private static JsonObject Describe(Shard shard, ChangeStream stream)
    {
        var range = new JsonObject { ["StartingSequenceNumber"] = ChangeRecord.FormatSequence(Math.Max(shard.After, stream.Horizon) + 1) };
        var description = new JsonObject { ["ShardId"] = shard.Id, ["SequenceNumberRange"] = range };
        if (!shard.IsOpen)
        {
            range["EndingSequenceNumber"] = ChangeRecord.FormatSequence(shard.Until);
        }

        if (shard.Parent is { } parent)
        {
            description["ParentShardId"] = Shard.IdOf(parent);
        }

        return description;
    }

    private string Iterator(JsonRequest call)
    {
        var table = Find(call.RequiredText("StreamArn"));
        var log = table.Stream;
        var shard = Find(log, call.RequiredText("ShardId"));
        var position = call.RequiredText("ShardIteratorType") switch
        {
            "TRIM_HORIZON" => Math.Max(log.Horizon, shard.After),
            "LATEST" => Math.Min(log.Last, shard.Until),
            "AFTER_SEQUENCE_NUMBER" => Sequence(call),
            "AT_SEQUENCE_NUMBER" => Sequence(call) - 1,
            var type => throw new AwsException("ValidationException", $"ShardIteratorType {type} is not one of TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER."),
        };
        if (position < log.Horizon)
        {
            throw new AwsException("TrimmedDataAccessException", "The requested sequence number is older than what the stream still holds.");
        }

        return Iterator(table, shard, position);
    }

    private async Task GetRecordsAsync(JsonRequest call, Utf8JsonWriter answer)
    {
        var iterator = call.RequiredText("ShardIterator").Split('|');
        if (iterator.Length is not (2 or 3) || !long.TryParse(iterator[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw Invalid();
        }

        var table = Find(iterator[0]);
        var shard = table.Stream.Shards.FirstOrDefault(shard => shard.Id == iterator.ElementAtOrDefault(2)) ?? (iterator.Length == 2 ? table.Stream.Shards[0] : throw Invalid());
        var cursor = new StreamCursor { Position = position };
        var records = await table.Stream.ReadAsync(cursor, shard.Holds, Math.Clamp(call.Number("Limit") ?? MaxRecords, 1, MaxRecords));
        answer.WriteStartObject();
        answer.WriteStartArray("Records");
        records.ForEach(record => StreamRecordJson.Write(answer, record, table.Options, eventSourceArn: null));
        answer.WriteEndArray();
        if (cursor.Position < shard.Until)
        {
            answer.WriteString("NextShardIterator", Iterator(table, shard, cursor.Position));
        }

        answer.WriteEndObject();
    }

    private static JsonObject Stream(ItemTable table) => new()
    {
        ["StreamArn"] = table.Options.StreamArn,
        ["TableName"] = table.Options.Name,
        ["StreamLabel"] = table.Options.StreamArn[(table.Options.StreamArn.LastIndexOf('/') + 1)..],
    };

    private static string Iterator(ItemTable table, Shard shard, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{table.Options.StreamArn}|{position}{(shard.Number == 0 ? "" : $"|{shard.Id}")}");

    private static AwsException Invalid() => new("ValidationException", "Invalid ShardIterator.");

    private static Shard Find(ChangeStream stream, string shardId) => stream.Shards.FirstOrDefault(shard => shard.Id == shardId)
        ?? throw new AwsException("ResourceNotFoundException", "Requested resource not found: Shard does not exist");

    /// <summary>A sequence number is a 1 followed by the change's number, so that it has no leading zeros.</summary>
    private static long Sequence(JsonRequest call) =>
        call.RequiredText("SequenceNumber") is ['1', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsException("ValidationException", "Invalid SequenceNumber.");

    private ItemTable Find(string streamArn) => tables.All.FirstOrDefault(table => table.Options.HasStream && table.Options.StreamArn == streamArn) is { } table
        ? table
        : throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {streamArn} not found");
}
