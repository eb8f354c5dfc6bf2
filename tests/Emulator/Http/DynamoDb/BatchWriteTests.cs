namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>BatchWriteItem, and BatchGetItem where its response has no room for all items.</summary>
public sealed class BatchWriteTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task Items_of_several_tables_are_put_and_deleted()
    {
        (await WriteAsync("events", Put("1"), Put("2"))).Json.Should().Be("""{"UnprocessedItems":{}}""");

        (await CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"events":[{{{Put("3")}}},{{{Delete("1")}}},{{{Delete("none")}}}],"counts":[{{{Put("1")}}}]}}""")).Json.Should().Be("""{"UnprocessedItems":{}}""");

        (await CallAsync("Scan", """{"TableName":"events","ProjectionExpression":"sk"}""")).Json.Should().StartWith("""{"Items":[{"sk":{"S":"2"}},{"sk":{"S":"3"}}],""");
        _endpoint.Counts.Stats.Items.Should().Be(1);
    }

    [Fact]
    public async Task An_empty_list_of_tables_is_refused() => (await CallAsync("BatchWriteItem", """{"RequestItems":{}}""")).Refusal.Should().Be(
        $"{Error}ValidationException: 1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1: The requestItems parameter is required for BatchWriteItem");

    [Theory]
    [InlineData(0, false)]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public async Task A_batch_has_1_to_25_writes(int writes, bool isTaken)
    {
        const string Refusal = $"{Error}ValidationException: 1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";
        var answer = await WriteAsync("events", [.. Enumerable.Range(0, writes).Select(number => Put($"{number}"))]);

        (isTaken ? answer.Json : answer.Refusal).Should().Be(isTaken ? """{"UnprocessedItems":{}}""" : Refusal);
        _endpoint.Table.Stats.Items.Should().Be(isTaken ? writes : 0);
    }

    [Fact]
    public async Task The_writes_of_a_batch_count_over_all_tables()
    {
        static string Puts(int count) => string.Join(',', Enumerable.Range(0, count).Select(number => Put($"{number}")));

        (await CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"events":[{{{Puts(13)}}}],"counts":[{{{Puts(13)}}}]}}""")).Refusal.Should().Be(
            $"{Error}ValidationException: Too many items requested for the BatchWriteItem call. Member must have length less than or equal to 25");
        (await CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"events":[{{{Puts(13)}}}],"counts":[{{{Puts(12)}}}]}}""")).Status.Should().Be(200);
    }

    public static TheoryData<string, string> Invalid => new()
    {
        { $"{Put("1")},{Delete("1")}", "ValidationException: Provided list of item keys contains duplicates" },
        { $"{Put("1")},{Put("1")}", "ValidationException: Provided list of item keys contains duplicates" },
        { """{"DeleteRequest":{"Key":{"pk":{"S":"p"}}}}""", "ValidationException: The provided key element does not match the schema" },
        { """{"PutRequest":{"Item":{"pk":{"S":"p"}}}}""", "ValidationException: One or more parameter values were invalid: Missing the key sk in the item" },
        { """{"PutRequest":{"Item":{"pk":{"S":"p"},"sk":{"S":"1"},"x":{"SS":[]}}}}""", "ValidationException: One or more parameter values were invalid: An string set  may not be empty" },
        { "{}", "ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes" },
        { """{"PutRequest":{"Item":{}},"DeleteRequest":{"Key":{}}}""", "ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes" },
        { Put("2").Replace("\"n\":{\"N\":\"1\"}", $"\"text\":{{\"S\":\"{new string('x', 410_000)}\"}}", StringComparison.Ordinal), "ValidationException: Item size has exceeded the maximum allowed size" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_write_refuses_the_whole_batch(string writes, string refusal)
    {
        (await WriteAsync("events", Put("9"), writes)).Refusal.Should().Be(Error + refusal);
        _endpoint.Table.Stats.Items.Should().Be(0);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_refuses_the_whole_batch() =>
        (await WriteAsync("none", Put("1"))).Refusal.Should().Be($"{Error}ResourceNotFoundException: Requested resource not found");

    [Fact]
    public async Task Keys_that_a_response_of_16_MB_has_no_room_for_come_back()
    {
        for (var number = 0; number < 50; number++)
        {
            await _endpoint.Table.PutIfAbsentAsync([Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{number}}}"},"text":{"S":"{{{new string('x', 400_000)}}}"}}""")]);
        }

        var keys = string.Join(',', Enumerable.Range(0, 50).Select(number => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{number}}}"}}"""));
        var answer = System.Text.Json.Nodes.JsonNode.Parse((await CallAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{keys}}}}],"ProjectionExpression":"sk"}}}""")).Body)!;

        var read = answer["Responses"]!["events"]!.AsArray().Select(item => (string)item!["sk"]!["S"]!).ToList();
        read.Should().HaveCount(41);
        answer["UnprocessedKeys"]!["events"]!["ProjectionExpression"]!.ToString().Should().Be("sk");
        answer["UnprocessedKeys"]!["events"]!["Keys"]!.AsArray().Select(key => (string)key!["sk"]!["S"]!).Concat(read).Should().BeEquivalentTo(Enumerable.Range(0, 50).Select(number => $"{number}"));
    }

    private static string Put(string sk) => $$$$$"""{"PutRequest":{"Item":{"pk":{"S":"p"},"sk":{"S":"{{{{{sk}}}}}"},"n":{"N":"1"}}}}""";

    private static string Delete(string sk) => $$$$$"""{"DeleteRequest":{"Key":{"pk":{"S":"p"},"sk":{"S":"{{{{{sk}}}}}"}}}}""";

    private Task<EndpointResponse> WriteAsync(string table, params string[] writes) => CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"{{{table}}}":[{{{string.Join(',', writes)}}}]}}""");

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);
}
