namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Several writes in one call: TransactWriteItems, and BatchExecuteStatement with INSERT.</summary>
public sealed class TableTransactionTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_transaction_executes_all_its_actions()
    {
        await TransactAsync(Put("1"), Put("2"), Put("3"));

        var answer = await TransactAsync(
            Put("4"),
            """{"Update":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"UpdateExpression":"SET n = :n","ExpressionAttributeValues":{":n":{"N":"7"}}}}""",
            """{"Delete":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"2"}}}}""",
            """{"ConditionCheck":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"3"}},"ConditionExpression":"attribute_exists(pk)"}}""");

        answer.Json.Should().Be("{}");
        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"7"}},{"pk":{"S":"p"},"sk":{"S":"3"}},{"pk":{"S":"p"},"sk":{"S":"4"}}]""");
    }

    [Fact]
    public async Task A_refused_transaction_gives_a_reason_for_each_action_and_changes_nothing()
    {
        await TransactAsync(Put("1"));

        var answer = await TransactAsync(Put("0"), Put("1", ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\""), Put("2"), """
            {"ConditionCheck":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"3"}},"ConditionExpression":"attribute_exists(pk)"}}
            """);

        answer.Json.Should().Be("400 " + EndpointResponse.Compact("""
            {
                "__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "message":"Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None, ConditionalCheckFailed]",
                "CancellationReasons":[
                    {"Code":"None"},
                    {"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{"pk":{"S":"p"},"sk":{"S":"1"}}},
                    {"Code":"None"},
                    {"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}]
            }
            """));
        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"}}]""");
    }

    [Fact]
    public async Task A_transaction_has_1_to_100_actions()
    {
        (await TransactAsync()).Refusal.Should().Be(
            $"{Error}ValidationException: 1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
        (await TransactAsync([.. Enumerable.Range(0, 101).Select(number => Put($"{number}"))])).Refusal.Should().Be(
            $"{Error}ValidationException: 1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100");
        (await TransactAsync([.. Enumerable.Range(0, 100).Select(number => Put($"{number}"))])).Json.Should().Be("{}");
    }

    [Fact]
    public async Task An_invalid_transaction_is_refused()
    {
        (await TransactAsync(Put("1"), Put("1"))).Refusal.Should().Be($"{Error}ValidationException: Transaction request cannot include multiple operations on one item");
        (await TransactAsync("""{"Get":{"TableName":"events"}}""")).Refusal.Should().Be($"{Error}ValidationException: TransactItems can only contain one of Check, Put, Update or Delete");
        (await TransactAsync("""{"Put":{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}}},"Delete":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"2"}}}}""")).Refusal.Should().Be(
            $"{Error}ValidationException: TransactItems can only contain one of Check, Put, Update or Delete");
        (await TransactAsync(Put("1"), Put("2", ",\"Expected\":{}"))).Refusal.Should().Be($"{Error}ValidationException: Put with Expected is not supported here.");
        (await TransactAsync(Put("1"), "5")).Refusal.Should().Be($"{Error}SerializationException: Not an object where one belongs.");
        (await ItemsAsync()).Should().Be("[]");
    }

    [Fact]
    public async Task A_transaction_over_several_tables_is_executed_in_all_of_them_or_in_none()
    {
        (await TransactAsync(Put("1"), Put("1").Replace("events", "counts", StringComparison.Ordinal))).Json.Should().Be("{}");
        (await TransactAsync(Put("2"), Put("1").Replace("events", "counts", StringComparison.Ordinal))).Refusal.Should().EndWith("[None, ConditionalCheckFailed]");

        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"}}]""");
        (await _endpoint.CallAsync("DynamoDB_20120810.Scan", """{"TableName":"counts"}""")).Json.Should().StartWith("""{"Items":[{"pk":{"S":"p"},"sk":{"S":"1"}}],"Count":1,""");
        _endpoint.Counts.Stats.Items.Should().Be(1);
    }

    // The ValidationError of a key: nubo-db/dynamodb-conformance, tests/tier3/error-messages/transactGetItems. Those of updates: Amazon DynamoDB API Reference, "TransactWriteItems".
    [Theory]
    [InlineData("""{"Put":{"TableName":"events","Item":{"pk":{"S":"p"}}}}""", "One or more parameter values were invalid: Missing the key sk in the item")]
    [InlineData("""{"Delete":{"TableName":"events","Key":{"pk":{"S":"p"}}}}""", "The provided key element does not match the schema")]
    [InlineData("""{"Update":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"9"}},"UpdateExpression":"SET n = m"}}""", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("""{"Update":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"9"}},"UpdateExpression":"REMOVE pk"}}""", "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key")]
    public async Task What_is_wrong_with_one_item_is_the_reason_of_its_action(string action, string message)
    {
        var answer = await TransactAsync(Put("1"), action);

        answer.Json.Should().EndWith($$"""specific reasons [None, ValidationError]","CancellationReasons":[{"Code":"None"},{"Code":"ValidationError","Message":"{{message}}"}]}""");
        (await ItemsAsync()).Should().Be("[]");
    }

    [Fact]
    public async Task The_items_of_a_transaction_have_at_most_4_MB()
    {
        static string Large(string sk) => $$$$$"""{"Put":{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"{{{{{sk}}}}}"},"text":{"S":"{{{{{new string('x', 350_000)}}}}}"}}}}""";

        (await TransactAsync([.. Enumerable.Range(0, 12).Select(number => Large($"{number}"))])).Refusal.Should().Be($"{Error}ValidationException: The aggregate size of the items in the transaction exceeds 4 MB");
        (await TransactAsync([.. Enumerable.Range(0, 10).Select(number => Large($"{number}"))])).Json.Should().Be("{}");
    }

    [Fact]
    public async Task Items_of_several_tables_are_read_at_one_moment()
    {
        await TransactAsync(Put("1"), Put("2"), Put("1").Replace("events", "counts", StringComparison.Ordinal));

        (await GetAsync(Get("events", "2"), Get("events", "none"), Get("counts", "1", ",\"ProjectionExpression\":\"sk\""), Get("events", "1", ",\"ProjectionExpression\":\"nothing\""))).Json.Should().Be(
            """{"Responses":[{"Item":{"pk":{"S":"p"},"sk":{"S":"2"}}},{},{"Item":{"sk":{"S":"1"}}},{"Item":{}}]}""");
    }

    [Fact]
    public async Task An_invalid_read_of_several_items_is_refused()
    {
        (await GetAsync()).Refusal.Should().Be($"{Error}ValidationException: 1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
        (await GetAsync([.. Enumerable.Range(0, 101).Select(number => Get("events", $"{number}"))])).Refusal.Should().EndWith("Member must have length less than or equal to 100");
        (await GetAsync(Get("events", "1"), Get("events", "1"))).Refusal.Should().Be($"{Error}ValidationException: Transaction request cannot include multiple operations on one item");
        (await GetAsync(Get("none", "1"))).Refusal.Should().Be($"{Error}ResourceNotFoundException: Requested resource not found");
        (await GetAsync(Get("events", "1", ",\"ProjectionExpression\":\"!!!\""))).Refusal.Should().Be($"{Error}ValidationException: Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
        (await GetAsync("""{"Put":{}}""")).Refusal.Should().Be($"{Error}ValidationException: TransactItems can only contain Get");
        (await GetAsync(Get("events", "1"), """{"Get":{"TableName":"events","Key":{}}}""")).Refusal.Should().Be(
            $"{Error}TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]");
    }

    [Fact]
    public async Task A_transaction_that_is_sent_again_with_its_token_is_executed_once()
    {
        const string Update = """{"Update":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"UpdateExpression":"ADD n :n","ExpressionAttributeValues":{":n":{"N":"1"}}}}""";

        (await TransactOnceAsync("t", Update)).Json.Should().Be("{}");
        (await TransactOnceAsync("t", Update)).Json.Should().Be("{}");
        (await TransactOnceAsync("t", Put("2"))).Refusal.Should().StartWith($"{Error}IdempotentParameterMismatchException: ");
        (await TransactOnceAsync("u", Update)).Json.Should().Be("{}");

        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"2"}}]""");
    }

    [Fact]
    public async Task A_transaction_that_was_refused_may_be_sent_again_with_its_token()
    {
        await TransactAsync(Put("1"));
        (await TransactOnceAsync("t", Put("1"))).Refusal.Should().StartWith($"{Error}TransactionCanceledException: ");
        await TransactAsync("""{"Delete":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}}}}""");

        (await TransactOnceAsync("t", Put("1"))).Json.Should().Be("{}");
        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"}}]""");
    }

    [Fact]
    public async Task Each_statement_of_a_batch_fails_or_succeeds_on_its_own()
    {
        await ExecuteAsync(Insert("events", "1"), Insert("events", "3"));

        var answer = await ExecuteAsync(
            Insert("events", "2"),
            Insert("events", "1"),
            Insert("events", "3", ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\""),
            Insert("counts", "1"),
            Insert("none", "1"),
            """{"Statement":"INSERT INTO \"events\" VALUE {'pk': ?, 'sk': ?}","Parameters":[{"S":"p"}]}""",
            """{"Statement":"INSERT INTO \"events\" VALUE {'pk': ?}","Parameters":[{"S":"p"}]}""",
            """{"Statement":"INSERT INTO \"events\" VALUE {'pk': ?}"}""",
            """{"Statement":"SELECT * FROM \"events\""}""");

        answer.Json.Should().Be(EndpointResponse.Compact("""
            {"Responses":[
                {"TableName":"events"},
                {"TableName":"events","Error":{"Code":"DuplicateItem","Message":"Duplicate primary key exists in table"}},
                {"TableName":"events","Error":{"Code":"DuplicateItem","Message":"Duplicate primary key exists in table","Item":{"pk":{"S":"p"},"sk":{"S":"3"}}}},
                {"TableName":"counts"},
                {"TableName":"none","Error":{"Code":"ResourceNotFound","Message":"Requested resource not found"}},
                {"TableName":"events","Error":{"Code":"ValidationError","Message":"Number of parameters in request and statement don't match."}},
                {"TableName":"events","Error":{"Code":"ValidationError","Message":"One or more parameter values were invalid: Missing the key sk in the item"}},
                {"TableName":"events","Error":{"Code":"ValidationError","Message":"Number of parameters in request and statement don't match."}},
                {"TableName":"","Error":{"Code":"ValidationError","Message":"Only INSERT INTO \"table\" VALUE {'name': ?, ...} is supported here."}}]}
            """));
        (await ItemsAsync()).Should().Be("""[{"pk":{"S":"p"},"sk":{"S":"1"}},{"pk":{"S":"p"},"sk":{"S":"2"}},{"pk":{"S":"p"},"sk":{"S":"3"}}]""");
    }

    [Fact]
    public async Task Two_statements_for_one_item_fail_the_whole_batch()
    {
        var answer = await ExecuteAsync(Insert("events", "1"), Insert("events", "2"), Insert("events", "1"));

        answer.Refusal.Should().Be($"{Error}ValidationException: Provided list of item keys contains duplicates");
        (await ItemsAsync()).Should().Be("[]");
    }

    [Theory]
    [InlineData("INSERT INTO events VALUE {'pk': ?, 'sk': ?}")]
    [InlineData("  insert  into \\\"events\\\"  value  {  'pk' : ? , 'sk' : ? }  ")]
    [InlineData("INSERT INTO \\\"events\\\" VALUE {'pk':?,'sk':?}")]
    public async Task An_insert_may_be_written_in_several_ways(string statement) =>
        (await ExecuteAsync($$"""{"Statement":"{{statement}}","Parameters":[{"S":"p"},{"S":"1"}]}""")).Json.Should().Be("""{"Responses":[{"TableName":"events"}]}""");

    [Fact]
    public async Task A_batch_has_1_to_25_statements()
    {
        const string Refusal = $"{Error}ValidationException: 1 validation error detected: Value at 'statements' failed to satisfy constraint: Member must have length between 1 and 25";

        (await ExecuteAsync()).Refusal.Should().Be(Refusal);
        (await ExecuteAsync([.. Enumerable.Range(0, 26).Select(number => Insert("events", $"{number}"))])).Refusal.Should().Be(Refusal);
        (await ExecuteAsync([.. Enumerable.Range(0, 25).Select(number => Insert("events", $"{number}"))])).Status.Should().Be(200);
        (await ExecuteAsync("{}")).Refusal.Should().Be($"{Error}ValidationException: The request must contain the parameter Statement.");
    }

    private static string Put(string sk, string more = "") =>
        $$$$"""{"Put":{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"{{{{sk}}}}"}},"ConditionExpression":"attribute_not_exists(pk)"{{{{more}}}}}}""";

    private static string Get(string table, string sk, string more = "") => $$$$"""{"Get":{"TableName":"{{{{table}}}}","Key":{"pk":{"S":"p"},"sk":{"S":"{{{{sk}}}}"}}{{{{more}}}}}}""";

    private Task<EndpointResponse> GetAsync(params string[] gets) => _endpoint.CallAsync("DynamoDB_20120810.TransactGetItems", $$"""{"TransactItems":[{{string.Join(',', gets)}}]}""");

    private static string Insert(string table, string sk, string more = "") =>
        $$$"""{"Statement":"INSERT INTO \"{{{table}}}\" VALUE {'pk': ?, 'sk': ?}","Parameters":[{"S":"p"},{"S":"{{{sk}}}"}]{{{more}}}}""";

    private Task<EndpointResponse> TransactAsync(params string[] actions) => _endpoint.CallAsync("DynamoDB_20120810.TransactWriteItems", $$"""{"TransactItems":[{{string.Join(',', actions)}}]}""");

    private Task<EndpointResponse> TransactOnceAsync(string token, string action) => _endpoint.CallAsync("DynamoDB_20120810.TransactWriteItems", $$"""{"ClientRequestToken":"{{token}}","TransactItems":[{{action}}]}""");

    private Task<EndpointResponse> ExecuteAsync(params string[] statements) => _endpoint.CallAsync("DynamoDB_20120810.BatchExecuteStatement", $$"""{"Statements":[{{string.Join(',', statements)}}]}""");

    private async Task<string> ItemsAsync() => System.Text.Json.JsonDocument.Parse((await _endpoint.CallAsync("DynamoDB_20120810.Query", """
        {"TableName":"events","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"p"}}}
        """)).Body).RootElement.GetProperty("Items").GetRawText();
}
