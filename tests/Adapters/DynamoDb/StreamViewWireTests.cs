using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Domain;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Adapters.Tests.DynamoDb;

/// <summary>The view's calls as DynamoDB documents them, responses with members that nobody asked for, and faults that pass by themselves.</summary>
public sealed class StreamViewWireTests
{
    private const string Feed = "2026-11-24T12:00:00.0000000Z#3fa5f8f08395ffc8";
    private const string Seven = "0000000000000000000000000000000000000007";

    /// <summary>SHA-256 of <c>/tests</c>, the source of the tests' events.</summary>
    private static readonly string Source = Convert.ToHexStringLower(SHA256.HashData("/tests"u8));

    private static readonly FakeTimeProvider Noon = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task An_event_is_one_transaction_of_six_writes_without_lookups()
    {
        var wire = ViewWire.Of(_ => WireAnswer.Json("{}"));
        var applied = Some.Event(data: """ {"quoted":"\"\\\u0001 李"} """);

        await View(wire, lookups: false).ApplyAsync(applied, "7", default);

        var request = wire.Transactions().Should().ContainSingle().Subject;
        (request.Headers["X-Amz-Target"], request.Headers["Content-Type"]).Should().Be(("DynamoDB_20120810.TransactWriteItems", "application/x-amz-json-1.0"));
        var body = JsonNode.Parse(request.Body)!;
        body["ClientRequestToken"]!.GetValue<string>().Should().HaveLength(36);
        var puts = body["TransactItems"]!.AsArray();
        puts[0]!["Put"]!["Item"]!["envelope"]!["S"]!.GetValue<string>().Should().Be(Encoding.UTF8.GetString(applied.Envelope.Span));
        puts[0]!["Put"]!["Item"]!["envelope"] = null;
        ShouldBe(puts, $$$$$"""
            [
              {"Put":{"TableName":"view","Item":{"pk":{"S":"stream#orders-1"},"sk":{"S":"event#e-1\t/tests"},"envelope":null},"ConditionExpression":"attribute_not_exists(pk)"}},
              {"Update":{"TableName":"view","Key":{"pk":{"S":"stream#orders-1"},"sk":{"S":"count#72"}},
                "UpdateExpression":"ADD #events :one","ExpressionAttributeNames":{"#events":"events"},"ExpressionAttributeValues":{":one":{"N":"1"}}}},
              {"Update":{"TableName":"view","Key":{"pk":{"S":"count#0"},"sk":{"S":"type-72#order.placed"}},
                "UpdateExpression":"SET #type = :type ADD #events :one, #streams :streams",
                "ExpressionAttributeNames":{"#type":"type","#events":"events","#streams":"streams"},
                "ExpressionAttributeValues":{":type":{"S":"order.placed"},":one":{"N":"1"},":streams":{"N":"0"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"feed#0"},"sk":{"S":"{{{{{Feed}}}}}"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"feed#0#order.placed"},"sk":{"S":"{{{{{Feed}}}}}"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"history#orders-1"},"sk":{"S":"{{{{{Seven}}}}}#3fa5f8f08395ffc8"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}}
            ]
            """);
    }

    /// <summary>One more item names the event, under its id.</summary>
    [Fact]
    public async Task Lookups_are_one_more_write_in_the_same_transaction()
    {
        var wire = ViewWire.Of(_ => WireAnswer.Json("{}"));

        await View(wire).ApplyAsync(Some.Event(), "7", default);

        var writes = Body(wire.Transactions().Should().ContainSingle().Subject)["TransactItems"]!.AsArray();
        ShouldBe(new JsonArray([.. writes.Skip(6).Select(write => write!.DeepClone())]), $$$$$"""
            [
              {"Put":{"TableName":"view","Item":{"pk":{"S":"id#e-1"},"sk":{"S":"{{{{{Source}}}}}#3fa5f8f08395ffc8"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"},"applied":{"S":"2026-11-24T12:00:00.0000000Z"}}}}
            ]
            """);
    }

    /// <summary>A transaction takes two write units for each KB that an item begins (Amazon DynamoDB Developer Guide, "Managing complex workflows with DynamoDB transactions").</summary>
    [Theory]
    [InlineData(100, false, 12)]
    [InlineData(100, true, 14)]
    [InlineData(3_000, false, 18)]
    [InlineData(3_000, true, 20)]
    public async Task An_event_costs_twelve_write_units_and_two_for_lookups_and_two_for_each_further_KB(int payload, bool lookups, int units)
    {
        var wire = ViewWire.Of(_ => WireAnswer.Json("{}"));

        await View(wire, lookups: lookups).ApplyAsync(Some.Event(data: $"\"{new string('x', payload)}\""), "7", default);

        var writes = Body(wire.Transactions().Should().ContainSingle().Subject)["TransactItems"]!.AsArray();
        writes.Sum(write => 2 * StoredEnvelope.WriteUnits(Encoding.UTF8.GetByteCount((write!["Put"]?["Item"] ?? write["Update"]!["Key"])!.ToJsonString()))).Should().Be(units);
    }

    [Fact]
    public async Task A_history_is_a_query_after_a_position_and_an_id_one_of_its_source()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("""{"Items":[]}"""));

        (await View(wire).HistoryAsync(new StreamId("s"), $"{Seven}#0", 5, default).ToListAsync()).Should().BeEmpty();
        (await View(wire).WithIdAsync(new EventId("e-1"), "/tests", null, 5, default).ToListAsync()).Should().BeEmpty();
        (await View(wire).EventsAsync(new(From: Noon.GetUtcNow(), To: Noon.GetUtcNow()), null, 5, default).ToListAsync()).Should().BeEmpty();

        wire.Requests.Should().HaveCount(2, "no query is made for a time without an end after its beginning: DynamoDB would refuse it");
        ShouldBe(Body(wire.Requests[0]), $$$$$"""
            {"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk AND sk > :after",
             "ExpressionAttributeValues":{":pk":{"S":"history#s"},":after":{"S":"{{{{{Seven}}}}}#0"}},"Limit":5}
            """);
        ShouldBe(Body(wire.Requests[1]), $$$$$"""
            {"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk AND sk BETWEEN :after AND :before",
             "ExpressionAttributeValues":{":pk":{"S":"id#e-1"},":after":{"S":"{{{{{Source}}}}}#"},":before":{"S":"{{{{{Source}}}}}#g"}},"Limit":5}
            """);
    }

    /// <summary>The row says that there is such a stream. An absent row comes as no item, or as an empty one.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Item":{}}""")]
    public async Task The_first_event_of_a_stream_writes_its_row_and_counts_the_stream(string noRow)
    {
        var wire = new FakeAws(request => WireAnswer.Json(request.Operation == "GetItem" ? noRow : "{}"));
        var view = View(wire);

        await view.ApplyAsync(Some.Event(), "7", default);
        await view.ApplyAsync(Some.Event(id: "e-2"), "8", default);

        wire.Requests.Select(request => request.Operation).Should().Equal(["GetItem", "TransactWriteItems", "TransactWriteItems"], "a row that was written once is not looked for again");
        ShouldBe(Body(wire.Requests[0]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#orders-1"},"sk":{"S":"stream"}}}""");
        var (first, second) = (Body(wire.Requests[1])["TransactItems"]!.AsArray(), Body(wire.Requests[2])["TransactItems"]!.AsArray());
        ShouldBe(first[1]!, """{"Put":{"TableName":"view","Item":{"pk":{"S":"stream#orders-1"},"sk":{"S":"stream"}},"ConditionExpression":"attribute_not_exists(pk)"}}""");
        Streams(first).Should().Be("1");
        Streams(second).Should().Be("0");
        second.Should().HaveCount(first.Count - 1);
    }

    [Fact]
    public async Task An_event_that_another_one_preceded_is_applied_at_once_without_the_row()
    {
        var answers = new Queue<WireAnswer>([WireAnswer.Json("{}"), Cancelled("""[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"},{"Code":"None"}]"""), WireAnswer.Json("{}")]);
        var wire = new FakeAws(_ => answers.Dequeue());

        (await View(wire).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        Streams(Body(wire.Requests[2])["TransactItems"]!.AsArray()).Should().Be("0");
        Token(wire.Requests[2]).Should().NotBe(Token(wire.Requests[1]), "another transaction under the same token is refused");
    }

    /// <summary>DynamoDB cancels transactions that meet on an item.</summary>
    [Fact]
    public async Task Events_of_a_stream_share_an_item_in_one_pair_of_a_hundred_at_most()
    {
        var wire = ViewWire.Of(_ => WireAnswer.Json("{}"));
        var view = View(wire);
        for (var number = 0; number < 200; number++)
        {
            await view.ApplyAsync(Some.Event(id: $"e-{number}"), $"{number}", default);
        }

        var transactions = wire.Transactions().ConvertAll(request => Body(request)["TransactItems"]!.AsArray()
            .Select(write => write!["Put"]?["Item"] ?? write["Update"]!["Key"]!).Select(item => $"{item["pk"]!["S"]} {item["sk"]!["S"]}").ToHashSet());
        var pairs = transactions.SelectMany((one, index) => transactions.Skip(index + 1).Select(other => one.Overlaps(other))).ToList();

        pairs.Count(meet => meet).Should().BeLessThan(pairs.Count / 100);
    }

    [Fact]
    public async Task An_event_that_is_there_was_applied()
    {
        var wire = ViewWire.Of(_ => Cancelled("""[{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"},{"Code":"ConditionalCheckFailed"}]"""));

        (await View(wire).ApplyAsync(Some.Event(), "7", default)).Should().BeFalse();

        wire.Transactions().Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException")]
    [InlineData(HttpStatusCode.BadRequest, "com.amazon.coral.availability#ThrottlingException")]
    [InlineData(HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#RequestLimitExceeded")]
    [InlineData(HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#TransactionInProgressException")]
    [InlineData(HttpStatusCode.InternalServerError, "com.amazonaws.dynamodb.v20120810#InternalServerError")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    public async Task A_call_that_fails_in_passing_is_sent_once_more_as_the_same_transaction(HttpStatusCode status, string code)
    {
        var answers = new Queue<WireAnswer>([WireAnswer.JsonError(status, code), WireAnswer.Json("{}")]);
        var wire = ViewWire.Of(_ => answers.Dequeue());

        (await View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        wire.Transactions().Should().HaveCount(2);
        wire.Transactions()[1].Body.Should().Equal(wire.Transactions()[0].Body);
    }

    [Fact]
    public async Task A_call_whose_connection_breaks_is_sent_once_more_too()
    {
        var calls = 0;
        var wire = ViewWire.Of(_ => calls++ == 0 ? throw new HttpRequestException("reset") : WireAnswer.Json("{}"));

        (await View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        wire.Transactions().Should().HaveCount(2);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("IdempotentParameterMismatchException")]
    public async Task What_does_not_pass_is_thrown_with_its_code_and_its_reason(string code)
    {
        var wire = ViewWire.Of(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, $"com.amazonaws.dynamodb.v20120810#{code}"));

        var apply = () => View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default);

        (await apply.Should().ThrowAsync<AmazonServiceException>().WithMessage($"{code}: said the service")).Which.ErrorCode.Should().Be(code);
        wire.Transactions().Should().ContainSingle();
    }

    [Fact]
    public async Task Counters_are_read_page_by_page()
    {
        var pages = new Queue<string>([
            """{"Count":1,"Items":[{"type":{"S":"a"},"more":{"M":{"events":{"N":"9"}}},"events":{"N":"2"},"streams":{"N":"1"}}],"ScannedCount":1,"LastEvaluatedKey":{"pk":{"S":"count#0"},"sk":{"S":"type#a"}},"ConsumedCapacity":{"CapacityUnits":0.5}}""",
            """{"Count":0,"Items":[],"LastEvaluatedKey":{"pk":{"S":"count#0"},"sk":{"S":"type#b"}}}""",
            """{"Items":[{"events":{"N":"3"},"streams":{"N":"4"},"type":{"S":"c"}}],"LastEvaluatedKey":{}}""",
        ]);
        var wire = new FakeAws(_ => WireAnswer.Json(pages.Dequeue()));

        var summary = await View(wire).SummaryAsync(default);

        (summary.Events, summary.Streams).Should().Be((5, 5));
        wire.Requests.Should().HaveCount(3).And.OnlyContain(request => request.Operation == "Query");
        const string Query = """ "TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"count#0"}} """;
        ShouldBe(Body(wire.Requests[0]), $$"""{{{Query}}}""");
        ShouldBe(Body(wire.Requests[1]), $$$$"""{{{{{Query}}}},"ExclusiveStartKey":{"pk":{"S":"count#0"},"sk":{"S":"type#a"}}}""");
        ShouldBe(Body(wire.Requests[2]), $$$$"""{{{{{Query}}}},"ExclusiveStartKey":{"pk":{"S":"count#0"},"sk":{"S":"type#b"}}}""");
    }

    [Fact]
    public async Task A_stream_is_its_counters_and_the_last_event_of_its_history()
    {
        var answers = new Queue<string>([
            """{"ConsumedCapacity":{"TableName":"view"},"Item":{"pk":{"S":"stream#s"},"sk":{"S":"stream"}}}""",
            """{"Items":[{"sk":{"S":"count#0"},"events":{"N":"5"}},{"sk":{"S":"count#9"},"events":{"N":"7"}}]}""",
            """{"Items":[{"sk":{"S":"0#1"},"eventPk":{"S":"stream#s"},"eventSk":{"S":"event#e-9"}}]}""",
            """{"Item":{"sk":{"S":"event#e-9"},"envelope":{"S":"{\"a\":\"\\u0041\\n\u674e\"}"}}}""",
        ]);
        var wire = new FakeAws(_ => WireAnswer.Json(answers.Dequeue()));

        var stream = await View(wire).StreamAsync(new StreamId("s"), default);

        stream!.Events.Should().Be(12);
        Encoding.UTF8.GetString(stream.Latest.Span).Should().Be("""{"a":"\u0041\n李"}""");
        wire.Requests.Select(request => request.Operation).Should().Equal("GetItem", "Query", "Query", "GetItem");
        ShouldBe(Body(wire.Requests[0]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#s"},"sk":{"S":"stream"}}}""");
        ShouldBe(Body(wire.Requests[1]), """
            {"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk AND sk BETWEEN :after AND :before",
             "ExpressionAttributeValues":{":pk":{"S":"stream#s"},":after":{"S":"count#"},":before":{"S":"count$"}}}
            """);
        ShouldBe(Body(wire.Requests[2]), """
            {"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"history#s"}},"ScanIndexForward":false,"Limit":1}
            """);
        ShouldBe(Body(wire.Requests[3]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#s"},"sk":{"S":"event#e-9"}}}""");
    }

    /// <summary>Versions before 0.7 had a row that all transactions of the stream wrote.</summary>
    [Fact]
    public async Task A_stream_whose_row_counts_is_read_as_it_was_written()
    {
        var wire = new FakeAws(request => WireAnswer.Json(request.Operation == "Query" ? """{"Items":[]}"""
            : Encoding.UTF8.GetString(request.Body).Contains("event#", StringComparison.Ordinal) ? """{"Item":{"envelope":{"S":"{}"}}}"""
            : """{"Item":{"pk":{"S":"stream#s"},"sk":{"S":"stream"},"seq":{"S":"9"},"events":{"N":"12"},"latest":{"S":"event#e-9"}}}"""));

        (await View(wire).StreamAsync(new StreamId("s"), default))!.Events.Should().Be(12);

        ShouldBe(Body(wire.Requests[^1]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#s"},"sk":{"S":"event#e-9"}}}""");
    }

    [Fact]
    public async Task Of_events_that_a_batch_leaves_out_it_asks_again_and_of_no_other()
    {
        var batches = new Queue<string>([
            $$$"""{"Responses":{"view":[{{{Event("b")}}}]},"UnprocessedKeys":{"view":{"ConsistentRead":true,"Keys":[{{{Key("a")}}}],"ProjectionExpression":"pk, sk, #envelope"}},"ConsumedCapacity":[{"TableName":"view"}]}""",
            $$$"""{"UnprocessedKeys":{},"Responses":{"view":[{{{Event("a")}}}]}}""",
        ]);
        var wire = new FakeAws(request => WireAnswer.Json(request.Operation == "Query"
            ? """{"Items":[{"pk":{"S":"feed#0#t"},"sk":{"S":"2"},"eventPk":{"S":"stream#s"},"eventSk":{"S":"event#a"}},{"sk":{"S":"1"},"eventPk":{"S":"stream#s"},"eventSk":{"S":"event#b"}}]}"""
            : batches.Dequeue()));

        var events = await View(wire).EventsAsync(new("t"), null, 5, default).ToListAsync();

        events.Select(listed => $"{listed.Position}{Encoding.UTF8.GetString(listed.Envelope.Span)}").Should().Equal("2a", "1b");
        wire.Requests.Select(request => request.Operation).Should().Equal("Query", "BatchGetItem", "BatchGetItem");
        ShouldBe(Body(wire.Requests[0]), """{"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"feed#0#t"}},"ScanIndexForward":false,"Limit":5}""");
        const string Wanted = """ "ConsistentRead":true,"ProjectionExpression":"pk, sk, #envelope","ExpressionAttributeNames":{"#envelope":"envelope"} """;
        ShouldBe(Body(wire.Requests[1]), $$$$"""{"RequestItems":{"view":{"Keys":[{{{{Key("a")}}}},{{{{Key("b")}}}}],{{{{Wanted}}}}}}}""");
        ShouldBe(Body(wire.Requests[2]), $$$$"""{"RequestItems":{"view":{"Keys":[{{{{Key("a")}}}}],{{{{Wanted}}}}}}}""");
    }

    [Fact]
    public async Task Events_before_a_position_are_a_query_with_a_bound()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("""{"Items":[]}"""));

        (await View(wire).EventsAsync(default, Feed, 5, default).ToListAsync()).Should().BeEmpty();

        ShouldBe(Body(wire.Requests.Should().ContainSingle().Subject), $$$$"""
            {"TableName":"view","ConsistentRead":true,"KeyConditionExpression":"pk = :pk AND sk < :before",
             "ExpressionAttributeValues":{":pk":{"S":"feed#0"},":before":{"S":"{{{{Feed}}}}"}},"ScanIndexForward":false,"Limit":5}
            """);
    }

    [Fact]
    public async Task A_batch_that_brings_nothing_is_given_up_in_the_end()
    {
        var wire = new FakeAws(request => WireAnswer.Json(request.Operation == "Query"
            ? """{"Items":[{"sk":{"S":"2"},"eventPk":{"S":"stream#s"},"eventSk":{"S":"event#a"}}]}"""
            : $$$$"""{"Responses":{},"UnprocessedKeys":{"view":{"Keys":[{{{{Key("a")}}}}]}}}"""));

        var read = async () => await View(wire).EventsAsync(default, null, 5, default).ToListAsync();

        await read.Should().ThrowAsync<InvalidOperationException>().WithMessage("DynamoDB left 1 keys of table view unprocessed 8 times.");
    }

    private static string Key(string id) => $$$"""{"pk":{"S":"stream#s"},"sk":{"S":"event#{{{id}}}"}}""";

    private static string Event(string id) => $$$"""{"pk":{"S":"stream#s"},"sk":{"S":"event#{{{id}}}"},"envelope":{"S":"{{{id}}}"}}""";

    private static WireAnswer Cancelled(string reasons) => new(
        HttpStatusCode.BadRequest, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":{{reasons}},"Message":"Transaction cancelled"}""");

    private static DynamoDbStreamView View(FakeAws wire, int retries = 0, bool lookups = true)
    {
        var dynamo = new AmazonDynamoDBClient(wire.Plays(SdkSettings.Of<AmazonDynamoDBConfig>(), retries));
        return new(dynamo, new StreamViewOptions(new DynamoDbOptions("view", DynamoDbOptions.ViewVariable), shards: 1, lookups), Noon, new NoJitter());
    }

    /// <summary>By how much a transaction raises the number of streams.</summary>
    private static string Streams(JsonArray writes) =>
        writes.Select(write => write!["Update"]?["ExpressionAttributeValues"]?[":streams"]?["N"]?.GetValue<string>()).Single(number => number is not null)!;

    private static JsonNode Body(WireRequest request) => JsonNode.Parse(request.Body)!;

    private static string Token(WireRequest request) => Body(request)["ClientRequestToken"]!.GetValue<string>();

    private static void ShouldBe(JsonNode actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue($"{actual.ToJsonString()} should be {expected}");
}
