using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>The whole responses of DynamoDB Streams' operations.</summary>
public sealed partial class DynamoDbStreamsServiceTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/2026-01-01T00:00:00.000";

    private const string Shard = "shardId-00000001700000000000-00000000";

    private const string Stream = $"\"StreamArn\":\"{Arn}\",\"TableName\":\"events\",\"StreamLabel\":\"2026-01-01T00:00:00.000\"";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(clock: _clock);

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"TableName":"events"}""", true)]
    [InlineData("""{"TableName":"counts"}""", false)]
    [InlineData("""{"TableName":"none"}""", false)]
    public async Task The_streams_of_all_tables_or_of_one_are_listed(string body, bool isListed) =>
        (await TellAsync("ListStreams", body)).Should().Be($$"""{"Streams":[{{(isListed ? $$"""{{{Stream}}}""" : "")}}]}""");

    [Fact]
    public async Task A_stream_is_described_with_its_one_shard() =>
        (await TellAsync("DescribeStream", $$"""{"StreamArn":"{{Arn}}"}""")).Should().Be(EndpointResponse.Compact($$"""
            {"StreamDescription":{
                {{Stream}},
                "StreamStatus":"ENABLED",
                "StreamViewType":"NEW_AND_OLD_IMAGES",
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                "Shards":[{"ShardId":"{{Shard}}","SequenceNumberRange":{"StartingSequenceNumber":"100000000000000000001"} }]} }
            """));

    [Fact]
    public async Task Shards_are_described_in_pages_of_the_limit()
    {
        await PutAsync("1");
        await _endpoint.Table.SplitShardAsync("p");
        await _endpoint.Table.SplitShardAsync("p");
        async Task<(List<string> Shards, string? Last)> PageAsync(string more)
        {
            var description = JsonNode.Parse(await TellAsync("DescribeStream", $$"""{"StreamArn":"{{Arn}}"{{more}}}"""))!["StreamDescription"]!;
            return ([.. description["Shards"]!.AsArray().Select(shard => shard!["ShardId"]!.GetValue<string>())], description["LastEvaluatedShardId"]?.GetValue<string>());
        }

        var (all, last) = await PageAsync("");
        var (first, after) = await PageAsync(",\"Limit\":2");
        var (rest, end) = await PageAsync($",\"Limit\":100,\"ExclusiveStartShardId\":\"{after}\"");

        all.Should().HaveCount(5);
        first.Should().Equal(all.Take(2));
        rest.Should().Equal(all.Skip(2));
        last.Should().BeNull();
        end.Should().BeNull();
        (await CallAsync("DescribeStream", $$"""{"StreamArn":"{{Arn}}","Limit":101}""")).Refusal.Should().Contain("ValidationException");
    }

    [Fact]
    public async Task Records_have_the_change_and_the_service_that_deleted_an_expired_item()
    {
        await PutAsync("""{"pk":{"S":"p"},"sk":{"S":"1"},"expiresAt":{"N":"1795608000"}}""");
        await PutAsync("""{"pk":{"S":"p"},"sk":{"S":"1"},"expiresAt":{"N":"1795608001"}}""");
        _clock.Advance(TimeSpan.FromDays(100));
        await _endpoint.Table.ExpireAsync();
        string Record(int number, string name, long time, string images, int bytes, string more = "") => $$"""
            {
                "eventID":"(event)","eventName":"{{name}}","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1",
                "dynamodb":{
                    "ApproximateCreationDateTime":{{time}},"Keys":{"pk":{"S":"p"},"sk":{"S":"1"} },{{images}},
                    "SequenceNumber":"10000000000000000000{{number}}","SizeBytes":{{bytes}},"StreamViewType":"NEW_AND_OLD_IMAGES"}{{more}}
            }
            """;
        const string First = """{"pk":{"S":"p"},"sk":{"S":"1"},"expiresAt":{"N":"1795608000"}}""";
        const string Second = """{"pk":{"S":"p"},"sk":{"S":"1"},"expiresAt":{"N":"1795608001"}}""";

        var answer = await TellAsync("GetRecords", $$"""{"ShardIterator":"{{Arn}}|0"}""");

        EventId().Replace(answer, "\"eventID\":\"(event)\"").Should().Be(EndpointResponse.Compact($$"""
            {"Records":[
                {{Record(1, "INSERT", 1795521600, $"\"NewImage\":{First}", 26)}},
                {{Record(2, "MODIFY", 1795521600, $"\"NewImage\":{Second},\"OldImage\":{First}", 47)}},
                {{Record(3, "REMOVE", 1804161600, $"\"OldImage\":{Second}", 27, ",\"userIdentity\":{\"Type\":\"Service\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}")}}],
            "NextShardIterator":"{{Arn}}|3"}
            """));
    }

    [Fact]
    public async Task A_call_gets_at_most_a_thousand_records_and_at_least_one()
    {
        await _endpoint.Table.PutIfAbsentAsync([.. Enumerable.Range(0, 1001).Select(sk => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"}}"""))]);
        async Task<int> CountAsync(string limit) => JsonNode.Parse(await TellAsync("GetRecords", $$"""{"ShardIterator":"{{Arn}}|0"{{limit}}}"""))!["Records"]!.AsArray().Count;

        (await CountAsync("")).Should().Be(1000);
        (await CountAsync(",\"Limit\":1001")).Should().Be(1000);
        (await CountAsync(",\"Limit\":7")).Should().Be(7);
        (await CountAsync(",\"Limit\":0")).Should().Be(1);
    }

    [Theory]
    [InlineData("TRIM_HORIZON", "", 0)]
    [InlineData("LATEST", "", 3)]
    [InlineData("AT_SEQUENCE_NUMBER", "100000000000000000002", 1)]
    [InlineData("AFTER_SEQUENCE_NUMBER", "100000000000000000002", 2)]
    public async Task An_iterator_begins_at_the_requested_position(string type, string number, int position)
    {
        await PutAsync("1", "2", "3");

        (await IteratorAsync(type, number)).Json.Should().Be($$"""{"ShardIterator":"{{Arn}}|{{position}}"}""");
    }

    [Fact]
    public async Task Records_older_than_a_day_are_trimmed_and_their_numbers_are_refused()
    {
        await PutAsync("1", "2");
        _clock.Advance(TimeSpan.FromHours(25));
        await PutAsync("3");
        await _endpoint.Table.Stream.TrimAsync();

        (await IteratorAsync("AFTER_SEQUENCE_NUMBER", "100000000000000000001")).Refusal.Should().Be(
            $"{Error}TrimmedDataAccessException: The requested sequence number is older than what the stream still holds.");
        (await IteratorAsync("AFTER_SEQUENCE_NUMBER", "100000000000000000002")).Json.Should().Be($$"""{"ShardIterator":"{{Arn}}|2"}""");
        (await IteratorAsync("TRIM_HORIZON", "")).Json.Should().Be($$"""{"ShardIterator":"{{Arn}}|2"}""");
        (await TellAsync("DescribeStream", $$"""{"StreamArn":"{{Arn}}"}""")).Should().Contain("\"StartingSequenceNumber\":\"100000000000000000003\"");
    }

    [Fact]
    public async Task A_shard_that_was_split_is_described_with_its_end_and_those_that_go_on_with_its_parent()
    {
        await PutAsync("1", "2");
        await _endpoint.Table.SplitShardAsync("p");
        await PutAsync("3");

        var described = await TellAsync("DescribeStream", $$"""{"StreamArn":"{{Arn}}"}""");
        var shards = JsonNode.Parse(described)!["StreamDescription"]!["Shards"]!.AsArray().Select(shard => shard!.ToJsonString()).ToList();
        var ids = new List<string>();
        for (var number = 1; number <= 2; number++)
        {
            var id = $"{Shard[..^1]}{number}";
            shards[number].Should().Be($$$"""{"ShardId":"{{{id}}}","SequenceNumberRange":{"StartingSequenceNumber":"100000000000000000003"},"ParentShardId":"{{{Shard}}}"}""");
            var iterator = JsonNode.Parse(await TellAsync("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{id}}","ShardIteratorType":"TRIM_HORIZON"}"""))!["ShardIterator"]!.GetValue<string>();
            var read = JsonNode.Parse(await TellAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}"""))!;
            ids.AddRange(read["Records"]!.AsArray().Select(record => record!["dynamodb"]!["SequenceNumber"]!.GetValue<string>()));
            read["NextShardIterator"]!.GetValue<string>().Should().Be($"{Arn}|3|{id}");
        }

        shards.Should().HaveCount(3);
        shards[0].Should().Be($$$"""{"ShardId":"{{{Shard}}}","SequenceNumberRange":{"StartingSequenceNumber":"100000000000000000001","EndingSequenceNumber":"100000000000000000002"}}""");
        ids.Should().Equal("100000000000000000003");
        var parent = JsonNode.Parse(await TellAsync("GetRecords", $$"""{"ShardIterator":"{{Arn}}|0"}"""))!;
        parent["Records"]!.AsArray().Should().HaveCount(2);
        parent.AsObject().ContainsKey("NextShardIterator").Should().BeFalse("the shard has closed");
    }

    [Theory]
    [InlineData("DescribeStream", "{}", "ValidationException: The request must contain the parameter StreamArn.")]
    [InlineData("DescribeStream", """{"StreamArn":"none"}""", "ResourceNotFoundException: Requested resource not found: Stream: none not found")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"none","ShardIteratorType":"LATEST"}""", "ResourceNotFoundException: Requested resource not found: Shard does not exist")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"NOW"}""", "ValidationException: ShardIteratorType NOW is not one of TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER.")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER"}""", "ValidationException: The request must contain the parameter SequenceNumber.")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"2001"}""", "ValidationException: Invalid SequenceNumber.")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"1-1"}""", "ValidationException: Invalid SequenceNumber.")]
    [InlineData("GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"1"}""", "ValidationException: Invalid SequenceNumber.")]
    [InlineData("GetRecords", """{"ShardIterator":"none"}""", "ValidationException: Invalid ShardIterator.")]
    [InlineData("GetRecords", $$"""{"ShardIterator":"{{Arn}}|-1"}""", "ValidationException: Invalid ShardIterator.")]
    [InlineData("GetRecords", $$"""{"ShardIterator":"{{Arn}}|1|1"}""", "ValidationException: Invalid ShardIterator.")]
    [InlineData("GetRecords", """{"ShardIterator":"none|1"}""", "ResourceNotFoundException: Requested resource not found: Stream: none not found")]
    [InlineData("CreateStream", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal)
    {
        var answer = await CallAsync(operation, body);

        answer.Refusal.Should().Be(Error + refusal);
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.0");
    }

    private Task<EndpointResponse> IteratorAsync(string type, string number) => CallAsync(
        "GetShardIterator", $$"""{"StreamArn":"{{Arn}}","ShardId":"{{Shard}}","ShardIteratorType":"{{type}}","SequenceNumber":"{{number}}"}""");

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDBStreams_20120810.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => (await CallAsync(operation, body)).Json;

    private async Task PutAsync(params string[] items)
    {
        foreach (var item in items)
        {
            var whole = item.StartsWith('{') ? item : $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{item}}}"}}""";
            await _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$"""{"TableName":"events","Item":{{whole}}}""");
        }
    }

    [GeneratedRegex("\"eventID\":\"[0-9a-f]{32}\"")]
    private static partial Regex EventId();
}
