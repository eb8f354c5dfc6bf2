namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Secondary indexes, as LocalStack recorded them on AWS, and as DynamoDB Local answers: its answers were compared on 2026-12-01.</summary>
public sealed class SecondaryIndexTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private TestEndpoint _endpoint = null!;

    /// <summary>Makes a table with a global index of each projection, and a local one. Three items are in each of them, a fourth in none.</summary>
    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        var created = await CallAsync("CreateTable", $$$"""
            {"TableName":"mine","BillingMode":"PAY_PER_REQUEST","KeySchema":{{{Keys("id", "s")}}},
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"},{"AttributeName":"x","AttributeType":"S"},{"AttributeName":"y","AttributeType":"N"},{"AttributeName":"z","AttributeType":"B"}],
             "GlobalSecondaryIndexes":[{"IndexName":"all","KeySchema":{{{Keys("x", "y")}}},"Projection":{"ProjectionType":"ALL"}},
               {"IndexName":"keys","KeySchema":{{{Keys("x")}}},"Projection":{"ProjectionType":"KEYS_ONLY"}},
               {"IndexName":"some","KeySchema":{{{Keys("x")}}},"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["q"]}}],
             "LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":{{{Keys("id", "z")}}},"Projection":{"ProjectionType":"KEYS_ONLY"}}]}
            """);
        created.Status.Should().Be(200);
        foreach (var (sort, index, bytes) in new[] { ("0", "0", "AA=="), ("1", "-1", "AQ=="), ("2", "-2", "Ag==") })
        {
            await PutAsync(sort, $$"""
                ,"x":{"S":"g"},"y":{"N":"{{index}}"},"z":{"B":"{{bytes}}"},"q":{"S":"Q"},"r":{"S":"R"}
                """);
        }

        await PutAsync("3", "");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("", "2 1 0")]
    [InlineData(",\"ScanIndexForward\":false", "0 1 2")]
    [InlineData(",\"Limit\":2", "2 1")]
    public async Task An_index_is_read_in_the_order_of_its_sort_key(string more, string order)
    {
        var answer = await QueryAsync("all", more);

        Sorts(answer).Should().Be(order);
        answer.Json.Should().Contain("\"r\":{\"S\":\"R\"}");
    }

    [Theory]
    [InlineData("y = :y", "-1", "1")]
    [InlineData("y < :y", "0", "2 1")]
    [InlineData("y <= :y", "-1", "2 1")]
    [InlineData("y > :y", "-2", "1 0")]
    [InlineData("y >= :y", "-1", "1 0")]
    [InlineData("y BETWEEN :y AND :y", "-1", "1")]
    public async Task A_range_of_an_index_is_one_of_its_numbers(string condition, string bound, string order)
    {
        foreach (var forward in new[] { true, false })
        {
            var answer = await CallAsync(
                "Query",
                $$$$"""{"TableName":"mine","IndexName":"all","ScanIndexForward":{{{{(forward ? "true" : "false")}}}},"KeyConditionExpression":"x = :x AND {{{{condition}}}}","ExpressionAttributeValues":{":x":{"S":"g"},":y":{"N":"{{{{bound}}}}"}}}""");

            Sorts(answer).Should().Be(forward ? order : string.Join(' ', order.Split(' ').Reverse()));
        }
    }

    [Fact]
    public async Task An_index_has_the_attributes_that_it_projects()
    {
        (await QueryAsync("keys", ",\"Limit\":1")).Json.Should().StartWith("""{"Items":[{"id":{"S":"a"},"s":{"N":"0"},"x":{"S":"g"}}],"Count":1,"ScannedCount":1,"LastEvaluatedKey":{""");
        (await QueryAsync("some", ",\"Limit\":1")).Json.Should().StartWith("""{"Items":[{"id":{"S":"a"},"s":{"N":"0"},"x":{"S":"g"},"q":{"S":"Q"}}],""");
        (await LocalAsync(",\"Limit\":1")).Json.Should().Be(
            """{"Items":[{"id":{"S":"a"},"s":{"N":"0"},"z":{"B":"AA=="}}],"Count":1,"ScannedCount":1,"LastEvaluatedKey":{"id":{"S":"a"},"s":{"N":"0"},"z":{"B":"AA=="}}}""");
        (await LocalAsync(",\"Limit\":1,\"Select\":\"ALL_ATTRIBUTES\",\"ConsistentRead\":true")).Json.Should().Contain("\"r\":{\"S\":\"R\"}");
        (await LocalAsync(",\"Limit\":1,\"ProjectionExpression\":\"id, r\"")).Json.Should().StartWith("""{"Items":[{"id":{"S":"a"},"r":{"S":"R"}}]""");
        (await QueryAsync("keys", ",\"Select\":\"COUNT\"")).Json.Should().Be("""{"Count":3,"ScannedCount":3}""");
        (await QueryAsync("some", ",\"Select\":\"ALL_PROJECTED_ATTRIBUTES\",\"Limit\":1")).Json.Should().Contain("\"q\":{\"S\":\"Q\"}").And.NotContain("\"r\"");
    }

    [Theory]
    [InlineData("keys", ",\"ConsistentRead\":true", "Consistent reads are not supported on global secondary indexes")]
    [InlineData("keys", ",\"Select\":\"ALL_ATTRIBUTES\"", "Select type ALL_ATTRIBUTES is not supported for global secondary index keys because its projection type is not ALL")]
    [InlineData("keys", ",\"ProjectionExpression\":\"id, r\"", "Global secondary index keys does not project [r]")]
    [InlineData("none", "", "The table does not have the specified index: none")]
    public async Task What_an_index_does_not_have_is_refused(string index, string more, string reason) =>
        (await QueryAsync(index, more)).Refusal.Should().StartWith($"{Error}ValidationException: ").And.Contain(reason);

    [Fact]
    public async Task A_filter_of_an_index_names_what_the_index_has()
    {
        Task<EndpointResponse> AskAsync(string index, string filter) => CallAsync(
            "Query", $$$$"""{"TableName":"mine","IndexName":"{{{{index}}}}","KeyConditionExpression":"x = :x","FilterExpression":"{{{{filter}}}}","ExpressionAttributeValues":{":x":{"S":"g"},":v":{"S":"a"}}}""");

        (await AskAsync("keys", "r = :v")).Refusal.Should().EndWith("Secondary index keys does not project one or more filter attributes: [r]");
        (await AskAsync("all", "y = :v")).Refusal.Should().EndWith("Filter Expression can only contain non-primary key attributes: Primary key attribute: y");
        (await AskAsync("keys", "id = :v")).Json.Should().Contain("\"Count\":3");
    }

    [Fact]
    public async Task Pages_of_an_index_go_on_where_the_last_one_ended()
    {
        foreach (var (operation, request) in new[]
        {
            ("Query", """{"TableName":"mine","IndexName":"keys","Limit":1,"KeyConditionExpression":"x = :x","ExpressionAttributeValues":{":x":{"S":"g"}}"""),
            ("Scan", """{"TableName":"mine","IndexName":"some","Limit":1"""),
        })
        {
            var (read, start) = (new List<string>(), "");
            do
            {
                var page = await CallAsync(operation, request + start + "}");
                read.AddRange(Sorts(page).Split(' ', StringSplitOptions.RemoveEmptyEntries));
                start = JsonNode.Parse(page.Body)!["LastEvaluatedKey"] is { } last ? $",\"ExclusiveStartKey\":{last.ToJsonString()}" : "";
            }
            while (start.Length > 0);

            read.Should().Equal("0", "1", "2");
        }

        (await QueryAsync("all", ",\"ExclusiveStartKey\":{\"x\":{\"S\":\"g\"},\"y\":{\"N\":\"-1\"}}")).Refusal.Should().StartWith($"{Error}ValidationException");
        (await QueryAsync("keys", ",\"ExclusiveStartKey\":{\"x\":{\"S\":\"h\"},\"id\":{\"S\":\"a\"},\"s\":{\"N\":\"1\"}}")).Refusal.Should().StartWith($"{Error}ValidationException: The provided starting key is outside");
    }

    [Theory]
    [InlineData("\"x\":{\"N\":\"5\"}", "Type mismatch for Index Key x Expected: S Actual: N IndexName: all")]
    [InlineData("\"x\":{\"NULL\":true}", "Type mismatch for Index Key x Expected: S Actual: NULL")]
    [InlineData("\"x\":{\"S\":\"\"}", "cannot contain an empty string value. IndexName: all, IndexKey: x")]
    [InlineData("\"z\":{\"B\":\"\"}", "cannot contain an empty binary value. IndexName: local, IndexKey: z")]
    public async Task A_key_of_an_index_that_has_another_type_or_is_empty_is_refused(string attribute, string reason)
    {
        var item = $$$"""{"id":{"S":"new"},"s":{"N":"1"},{{{attribute}}}}""";

        (await CallAsync("PutItem", $$"""{"TableName":"mine","Item":{{item}}}""")).Refusal.Should().StartWith($"{Error}ValidationException: One or more parameter values ").And.Contain(reason);
        (await CallAsync("BatchWriteItem", $$$$$"""{"RequestItems":{"mine":[{"PutRequest":{"Item":{{{{{item}}}}}}}]}}""")).Refusal.Should().StartWith($"{Error}ValidationException: ").And.Contain(reason);
        (await CallAsync("TransactWriteItems", $$$$"""{"TransactItems":[{"Put":{"TableName":"mine","Item":{{{{item}}}}}}]}""")).Refusal.Should().EndWith("[ValidationError]");
        (await CallAsync("Scan", """{"TableName":"mine","Select":"COUNT"}""")).Json.Should().Contain("\"Count\":4");
    }

    [Fact]
    public async Task An_index_follows_its_items()
    {
        await CallAsync("UpdateItem", """{"TableName":"mine","Key":{"id":{"S":"a"},"s":{"N":"0"}},"UpdateExpression":"SET y = :y","ExpressionAttributeValues":{":y":{"N":"-1.5"}}}""");
        await CallAsync("UpdateItem", """{"TableName":"mine","Key":{"id":{"S":"a"},"s":{"N":"1"}},"UpdateExpression":"REMOVE x"}""");
        Sorts(await QueryAsync("all", "")).Should().Be("2 0");

        await CallAsync("DeleteItem", """{"TableName":"mine","Key":{"id":{"S":"a"},"s":{"N":"2"}}}""");
        await PutAsync("3", """
            ,"x":{"S":"g"},"y":{"N":"-9"}
            """);
        Sorts(await QueryAsync("all", "")).Should().Be("3 0");
        (await CallAsync("DescribeTable", """{"TableName":"mine"}""")).Json.Should().MatchRegex("\"IndexName\":\"all\"[^}]*\\}[^}]*\\}[^}]*\\}[^}]*\"ItemCount\":2");
    }

    [Fact]
    public async Task A_new_index_has_the_items_that_were_there_and_one_that_is_gone_has_no_more()
    {
        var create = $$$$"""{"TableName":"mine","AttributeDefinitions":[{"AttributeName":"q","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"late","KeySchema":{{{{Keys("q")}}}},"Projection":{"ProjectionType":"ALL"}}}]}""";
        (await CallAsync("UpdateTable", create)).Status.Should().Be(200);
        Task<EndpointResponse> AskAsync() => CallAsync("Query", """{"TableName":"mine","IndexName":"late","KeyConditionExpression":"q = :q","ExpressionAttributeValues":{":q":{"S":"Q"}}}""");

        Sorts(await AskAsync()).Should().Be("0 1 2");
        (await CallAsync("UpdateTable", create)).Refusal.Should().StartWith($"{Error}ValidationException: Attempting to create an index which already exists");
        (await CallAsync("UpdateTable", """{"TableName":"mine","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"some"}},{"Delete":{"IndexName":"late"}}]}""")).Refusal.Should().StartWith($"{Error}LimitExceededException");
        (await CallAsync("UpdateTable", """{"TableName":"mine","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"none"}}]}""")).Refusal.Should().StartWith($"{Error}ResourceNotFoundException");
        (await CallAsync("UpdateTable", """{"TableName":"mine","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"late"}}]}""")).Status.Should().Be(200);
        (await AskAsync()).Refusal.Should().EndWith("The table does not have the specified index: late");
        await CallAsync("PutItem", """{"TableName":"mine","Item":{"id":{"S":"b"},"s":{"N":"1"},"q":{"N":"5"}}}""");
        (await CallAsync("UpdateTable", create)).Status.Should().Be(200, "an item whose key has another type is not in the new index");
        Sorts(await AskAsync()).Should().Be("0 1 2");
    }

    // dynamodb: test_valid_local_secondary_index.
    [Fact]
    public async Task A_local_index_has_the_items_of_a_partition_by_another_attribute()
    {
        await CallAsync("CreateTable", $$$"""
            {"TableName":"recorded","BillingMode":"PAY_PER_REQUEST","KeySchema":{{{Keys("PK", "SK")}}},
             "AttributeDefinitions":[{"AttributeName":"PK","AttributeType":"S"},{"AttributeName":"SK","AttributeType":"S"},{"AttributeName":"LSI1SK","AttributeType":"N"}],
             "LocalSecondaryIndexes":[{"IndexName":"LSI1","KeySchema":{{{Keys("PK", "LSI1SK")}}},"Projection":{"ProjectionType":"ALL"}}]}
            """);
        await CallAsync("PutItem", """{"TableName":"recorded","Item":{"SK":{"S":"hello"},"LSI1SK":{"N":"123"},"PK":{"S":"test one"}}}""");

        (await CallAsync("Query", """{"TableName":"recorded","IndexName":"LSI1","KeyConditionExpression":"PK = :v1","ExpressionAttributeValues":{":v1":{"S":"test one"}},"Select":"ALL_ATTRIBUTES"}""")).Json.Should().Be(
            """{"Items":[{"SK":{"S":"hello"},"LSI1SK":{"N":"123"},"PK":{"S":"test one"}}],"Count":1,"ScannedCount":1}""");
        (await CallAsync("PutItem", """{"TableName":"recorded","Item":{"PK":{"S":"a"},"SK":{"S":"b"}},"ReturnItemCollectionMetrics":"SIZE"}""")).Refusal.Should().Contain("ReturnItemCollectionMetrics SIZE is not supported here");
    }

    // dynamodb: test_gsi_with_billing_mode.
    [Theory]
    [InlineData("\"BillingMode\":\"PAY_PER_REQUEST\"", "", 0, 12_000, 4_000)]
    [InlineData("\"BillingMode\":\"PROVISIONED\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":5}", ",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}", 1, 1, 1)]
    public async Task A_global_index_tells_its_capacity(string billing, string capacity, int units, int reads, int writes)
    {
        var created = await CallAsync("CreateTable", $$$$"""
            {"TableName":"recorded",{{{{billing}}}},"KeySchema":{{{{Keys("TID")}}}},"AttributeDefinitions":[{"AttributeName":"TID","AttributeType":"S"},{"AttributeName":"TRID","AttributeType":"S"}],
             "GlobalSecondaryIndexes":[{"IndexName":"TransactionRecordID","KeySchema":{{{{Keys("TRID")}}}},"Projection":{"ProjectionType":"ALL"}{{{{capacity}}}}}]}
            """);
        var told = $$$"""[{"IndexName":"TransactionRecordID","IndexArn":"arn:aws:dynamodb:us-east-1:000000000000:table/recorded/index/TransactionRecordID","KeySchema":[{"AttributeName":"TRID","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},"ItemCount":0,"IndexSizeBytes":0,"IndexStatus":"*","ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":{{{units}}},"WriteCapacityUnits":{{{units}}}}""";

        created.Json.Should().Contain($"\"GlobalSecondaryIndexes\":{told.Replace("*", "CREATING", StringComparison.Ordinal)}}}]");
        (await CallAsync("DescribeTable", """{"TableName":"recorded"}""")).Json.Should().Contain(
            $$$""""GlobalSecondaryIndexes":{{{told.Replace("*", "ACTIVE", StringComparison.Ordinal)}}},"WarmThroughput":{"ReadUnitsPerSecond":{{{reads}}},"WriteUnitsPerSecond":{{{writes}}},"Status":"ACTIVE"}}]"""");
    }

    private static string Keys(params string[] names) => $"[{string.Join(',', names.Select(static (name, at) => $$"""{"AttributeName":"{{name}}","KeyType":"{{(at == 0 ? "HASH" : "RANGE")}}"}"""))}]";

    private static string Sorts(EndpointResponse answer) => string.Join(' ', JsonNode.Parse(answer.Body)!["Items"]!.AsArray().Select(static item => (string)item!["s"]!["N"]!));

    private Task<EndpointResponse> PutAsync(string sort, string more) => CallAsync("PutItem", $$$$"""{"TableName":"mine","Item":{"id":{"S":"a"},"s":{"N":"{{{{sort}}}}"}{{{{more}}}}}}""");

    private Task<EndpointResponse> QueryAsync(string index, string more) =>
        CallAsync("Query", $$$$"""{"TableName":"mine","IndexName":"{{{{index}}}}","KeyConditionExpression":"x = :x","ExpressionAttributeValues":{":x":{"S":"g"}}{{{{more}}}}}""");

    private Task<EndpointResponse> LocalAsync(string more) =>
        CallAsync("Query", $$$$"""{"TableName":"mine","IndexName":"local","KeyConditionExpression":"id = :x","ExpressionAttributeValues":{":x":{"S":"a"}}{{{{more}}}}}""");

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);
}
