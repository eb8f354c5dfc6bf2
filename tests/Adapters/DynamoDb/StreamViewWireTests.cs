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

    private static readonly string[] Placeholders = ["#events", "#seq", "#latest"];

    private static readonly FakeTimeProvider Noon = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task An_event_is_one_transaction_of_five_writes_without_lookups()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));
        var applied = Some.Event(data: """ {"quoted":"\"\\\u0001 李"} """);

        await View(wire, lookups: false).ApplyAsync(applied, "7", default);

        var request = wire.Requests.Should().ContainSingle().Subject;
        (request.Headers["X-Amz-Target"], request.Headers["Content-Type"]).Should().Be(("DynamoDB_20120810.TransactWriteItems", "application/x-amz-json-1.0"));
        var body = JsonNode.Parse(request.Body)!;
        body["ClientRequestToken"]!.GetValue<string>().Should().HaveLength(36);
        var puts = body["TransactItems"]!.AsArray();
        puts[0]!["Put"]!["Item"]!["envelope"]!["S"]!.GetValue<string>().Should().Be(Encoding.UTF8.GetString(applied.Envelope.Span));
        puts[0]!["Put"]!["Item"]!["envelope"] = null;
        ShouldBe(puts, $$$$$"""
            [
              {"Put":{"TableName":"view","Item":{"pk":{"S":"stream#orders-1"},"sk":{"S":"event#e-1\t/tests"},"envelope":null},"ConditionExpression":"attribute_not_exists(pk)"}},
              {"Update":{"TableName":"view","Key":{"pk":{"S":"stream#orders-1"},"sk":{"S":"stream"}},
                "UpdateExpression":"SET #seq = :seq, #latest = :latest ADD #events :one","ConditionExpression":"#seq <= :seq","ReturnValuesOnConditionCheckFailure":"ALL_OLD",
                "ExpressionAttributeNames":{"#events":"events","#seq":"seq","#latest":"latest"},
                "ExpressionAttributeValues":{":one":{"N":"1"},":seq":{"S":"{{{{{Seven}}}}}"},":latest":{"S":"event#e-1\t/tests"}}}},
              {"Update":{"TableName":"view","Key":{"pk":{"S":"count#0"},"sk":{"S":"type#order.placed"}},
                "UpdateExpression":"SET #type = :type ADD #events :one, #streams :streams",
                "ExpressionAttributeNames":{"#type":"type","#events":"events","#streams":"streams"},
                "ExpressionAttributeValues":{":type":{"S":"order.placed"},":one":{"N":"1"},":streams":{"N":"0"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"feed#0"},"sk":{"S":"{{{{{Feed}}}}}"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"feed#0#order.placed"},"sk":{"S":"{{{{{Feed}}}}}"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}}
            ]
            """);
    }

    /// <summary>Two more items name the event: one in its stream's history, and one under its id.</summary>
    [Fact]
    public async Task Lookups_are_two_more_writes_in_the_same_transaction()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));

        await View(wire).ApplyAsync(Some.Event(), "7", default);

        var writes = Body(wire.Requests.Should().ContainSingle().Subject)["TransactItems"]!.AsArray();
        ShouldBe(new JsonArray([.. writes.Skip(5).Select(write => write!.DeepClone())]), $$$$$"""
            [
              {"Put":{"TableName":"view","Item":{"pk":{"S":"history#orders-1"},"sk":{"S":"{{{{{Seven}}}}}#3fa5f8f08395ffc8"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"}}}},
              {"Put":{"TableName":"view","Item":{"pk":{"S":"id#e-1"},"sk":{"S":"{{{{{Source}}}}}#3fa5f8f08395ffc8"},"eventPk":{"S":"stream#orders-1"},"eventSk":{"S":"event#e-1\t/tests"},"applied":{"S":"2026-11-24T12:00:00.0000000Z"}}}}
            ]
            """);
    }

    /// <summary>A transaction takes two write units for each KB that an item begins (Amazon DynamoDB Developer Guide, "Managing complex workflows with DynamoDB transactions").</summary>
    [Theory]
    [InlineData(100, false, 10)]
    [InlineData(100, true, 14)]
    [InlineData(3_000, false, 16)]
    [InlineData(3_000, true, 20)]
    public async Task An_event_costs_ten_write_units_and_four_for_lookups_and_two_for_each_further_KB(int payload, bool lookups, int units)
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));

        await View(wire, lookups: lookups).ApplyAsync(Some.Event(data: $"\"{new string('x', payload)}\""), "7", default);

        var writes = Body(wire.Requests.Should().ContainSingle().Subject)["TransactItems"]!.AsArray();
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

    [Theory]
    [InlineData("", "attribute_not_exists(pk)", "SET #seq = :seq, #latest = :latest ADD #events :one", "1")]
    [InlineData(""","Item":null""", "attribute_not_exists(pk)", "SET #seq = :seq, #latest = :latest ADD #events :one", "1")]
    [InlineData(""","Item":{}""", "attribute_not_exists(pk)", "SET #seq = :seq, #latest = :latest ADD #events :one", "1")]
    [InlineData(""","Item":{"tags":{"L":[{"S":"seq"},{"M":{"seq":{"S":"0"}}}]},"gone":{"NULL":true},"seq":{"S":"0000000000000000000000000000000000000008"},"events":{"N":"3"}}""", "#seq > :seq", "ADD #events :one", "0")]
    [InlineData(""","Item":{"seq":{"S":"0000000000000000000000000000000000000006"}}""", "#seq <= :seq", "SET #seq = :seq, #latest = :latest ADD #events :one", "0")]
    public async Task The_row_that_comes_with_the_failed_condition_says_how_the_event_stands_to_its_stream(string item, string condition, string update, string streams)
    {
        var answers = new Queue<WireAnswer>([Cancelled($$"""[{"Code":"None"},{"Message":"The conditional request failed","New":[{"a":1}],"Code":"ConditionalCheckFailed"{{item}}},{"Code":"None"},{"Code":"None"},{"Code":"None"}]"""), WireAnswer.Json("{}")]);
        var wire = new FakeAws(_ => answers.Dequeue());

        (await View(wire).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        var writes = Body(wire.Requests[1])["TransactItems"]!.AsArray();
        var row = writes[1]!["Update"]!;
        (row["ConditionExpression"]!.GetValue<string>(), row["UpdateExpression"]!.GetValue<string>()).Should().Be((condition, update));
        var used = Placeholders.Where(name => $"{condition} {update}".Contains(name, StringComparison.Ordinal));
        row["ExpressionAttributeNames"]!.AsObject().Select(name => name.Key).Should().BeEquivalentTo(used, "DynamoDB refuses names that no expression uses");
        writes[2]!["Update"]!["ExpressionAttributeValues"]![":streams"]!["N"]!.GetValue<string>().Should().Be(streams);
        Token(wire.Requests[1]).Should().NotBe(Token(wire.Requests[0]), "another transaction under the same token is refused");
    }

    [Fact]
    public async Task An_event_that_is_there_was_applied()
    {
        var wire = new FakeAws(_ => Cancelled("""[{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"},{"Code":"ConditionalCheckFailed"}]"""));

        (await View(wire).ApplyAsync(Some.Event(), "7", default)).Should().BeFalse();

        wire.Requests.Should().ContainSingle();
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
        var wire = new FakeAws(_ => answers.Dequeue());

        (await View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        wire.Requests.Should().HaveCount(2);
        wire.Requests[1].Body.Should().Equal(wire.Requests[0].Body);
    }

    [Fact]
    public async Task So_is_one_whose_connection_breaks()
    {
        var calls = 0;
        var wire = new FakeAws(_ => calls++ == 0 ? throw new HttpRequestException("reset") : WireAnswer.Json("{}"));

        (await View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default)).Should().BeTrue();

        wire.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("IdempotentParameterMismatchException")]
    public async Task What_does_not_pass_is_thrown_with_its_code_and_its_reason(string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, $"com.amazonaws.dynamodb.v20120810#{code}"));

        var apply = () => View(wire, retries: 1).ApplyAsync(Some.Event(), "7", default);

        (await apply.Should().ThrowAsync<AmazonServiceException>().WithMessage($"{code}: said the service")).Which.ErrorCode.Should().Be(code);
        wire.Requests.Should().ContainSingle();
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
    public async Task A_stream_is_its_row_and_its_latest_event()
    {
        var answers = new Queue<string>([
            """{"ConsumedCapacity":{"TableName":"view"},"Item":{"pk":{"S":"stream#s"},"sk":{"S":"stream"},"events":{"N":"12"},"latest":{"S":"event#e-9"}}}""",
            """{"Item":{"sk":{"S":"event#e-9"},"envelope":{"S":"{\"a\":\"\\u0041\\n\u674e\"}"}}}""",
        ]);
        var wire = new FakeAws(_ => WireAnswer.Json(answers.Dequeue()));

        var stream = await View(wire).StreamAsync(new StreamId("s"), default);

        stream!.Events.Should().Be(12);
        Encoding.UTF8.GetString(stream.Latest.Span).Should().Be("""{"a":"\u0041\n李"}""");
        wire.Requests.Should().OnlyContain(request => request.Operation == "GetItem");
        ShouldBe(Body(wire.Requests[0]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#s"},"sk":{"S":"stream"}}}""");
        ShouldBe(Body(wire.Requests[1]), """{"TableName":"view","ConsistentRead":true,"Key":{"pk":{"S":"stream#s"},"sk":{"S":"event#e-9"}}}""");
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

    private static JsonNode Body(WireRequest request) => JsonNode.Parse(request.Body)!;

    private static string Token(WireRequest request) => Body(request)["ClientRequestToken"]!.GetValue<string>();

    private static void ShouldBe(JsonNode actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue($"{actual.ToJsonString()} should be {expected}");
}
