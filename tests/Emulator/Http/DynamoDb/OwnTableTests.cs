namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Tables that clients make. Recorded answers are those of AWS in LocalStack's scenarios of October 2025; other refusals are those of DynamoDB Local, without its words.</summary>
public sealed partial class OwnTableTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";
    private const string Id = """
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]
        """;

    private const string Five = """
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}
        """;

    private TestEndpoint _endpoint = null!;

    /// <summary>DynamoDB Local refuses each of them, too.</summary>
    public static TheoryData<string, string> InvalidTables => new()
    {
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"RANGE\"}]", "The first KeySchemaElement is not a HASH key type" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"s\",\"KeyType\":\"RANGE\"}]", "Keys: [s], AttributeDefinitions: [id]" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"},{\"AttributeName\":\"x\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]", "Number of attributes in KeySchema" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"id\",\"KeyType\":\"RANGE\"}]", "have the same name" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"M\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]", "enum value set: [B, N, S]" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"StreamSpecification\":{\"StreamEnabled\":true}", "StreamViewType must be specified" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"StreamSpecification\":{\"StreamEnabled\":false,\"StreamViewType\":\"KEYS_ONLY\"}", "StreamViewType must not be specified" },
        { "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"GlobalSecondaryIndexes\":[]", "is empty" },
    };

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    // dynamodb: test_table_crud.
    [Fact]
    public async Task A_table_is_made_described_and_deleted()
    {
        var created = await CallAsync("CreateTable", $$"""{"TableName":"mine",{{Id}},{{Five}}}""");
        var described = await CallAsync("DescribeTable", """{"TableName":"mine"}""");
        var deleted = await CallAsync("DeleteTable", """{"TableName":"mine"}""");

        const string Same = "\"ProvisionedThroughput\":{\"NumberOfDecreasesToday\":0,\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":5},\"TableSizeBytes\":0";
        const string Table = "\"TableName\":\"mine\",\"TableArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/mine\",\"TableStatus\":\"";
        Plain(created).Should().Be($$$$"""{"TableDescription":{{{{{Table}}}}CREATING","ItemCount":0,"CreationDateTime":(time),"DeletionProtectionEnabled":false,{{{{Compact(Id)}}}},"TableId":"(id)",{{{{Same}}}}}}""");
        Plain(described).Should().Be(
            $$$$"""{"Table":{{{{{Table}}}}ACTIVE","ItemCount":0,"CreationDateTime":(time),"DeletionProtectionEnabled":false,{{{{Compact(Id)}}}},"TableId":"(id)",{{{{Same}}}},"WarmThroughput":{"ReadUnitsPerSecond":5,"WriteUnitsPerSecond":5,"Status":"ACTIVE"}}}""");
        Plain(deleted).Should().Be($$$$"""{"TableDescription":{{{{{Table}}}}DELETING","ItemCount":0,"DeletionProtectionEnabled":false,"TableId":"(id)",{{{{Same}}}}}}""");
        (await CallAsync("DeleteTable", """{"TableName":"non-existent"}""")).Refusal.Should().Be($"{Error}ResourceNotFoundException: Requested resource not found: Table: non-existent not found");
        (await CallAsync("ListTables", "{}")).Json.Should().Be("""{"TableNames":["counts","events"]}""");
    }

    // dynamodb: test_table_warm_throughput.
    [Fact]
    public async Task A_table_tells_the_throughput_that_it_was_made_for()
    {
        var created = await CallAsync("CreateTable", $$$"""{"TableName":"mine",{{{Id}}},{{{Five}}},"WarmThroughput":{"ReadUnitsPerSecond":1000,"WriteUnitsPerSecond":1200}}""");

        created.Json.Should().Contain("""WarmThroughput":{"ReadUnitsPerSecond":1000,"WriteUnitsPerSecond":1200,"Status":"UPDATING"}""");
        (await CallAsync("DescribeTable", """{"TableName":"mine"}""")).Json.Should().Contain("""WarmThroughput":{"ReadUnitsPerSecond":1000,"WriteUnitsPerSecond":1200,"Status":"ACTIVE"}""");
    }

    // dynamodb: test_create_duplicate_table, test_dynamodb_pay_per_request.
    [Fact]
    public async Task A_second_table_of_a_name_and_capacity_without_a_price_are_refused()
    {
        await CallAsync("CreateTable", $$"""{"TableName":"mine",{{Id}},{{Five}}}""");

        (await CallAsync("CreateTable", $$"""{"TableName":"mine",{{Id}},{{Five}}}""")).Refusal.Should().Be($"{Error}ResourceInUseException: Table already exists: mine");
        (await CallAsync("CreateTable", $$"""{"TableName":"events",{{Id}},{{Five}}}""")).Refusal.Should().StartWith($"{Error}ResourceInUseException");
        (await CallAsync("CreateTable", $$"""{"TableName":"other",{{Id}},{{Five}},"BillingMode":"PAY_PER_REQUEST"}""")).Refusal.Should().Be(
            $"{Error}ValidationException: One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }

    [Theory]
    [MemberData(nameof(InvalidTables))]
    [InlineData("\"Other\":1", "CreateTable with Other is not supported here")]
    [InlineData("\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"Tags\":[{\"Key\":\"aws:a\",\"Value\":\"b\"}]", "AWS's own")]
    [InlineData("\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"SSESpecification\":{\"Enabled\":true}", "CreateTable with SSESpecification is not supported here")]
    public async Task A_table_that_DynamoDB_would_not_make_is_refused(string members, string reason)
    {
        (await CallAsync("CreateTable", $$"""{"TableName":"mine","BillingMode":"PAY_PER_REQUEST",{{members}}}""")).Refusal.Should().StartWith($"{Error}ValidationException: ").And.Contain(reason);
        (await CallAsync("ListTables", "{}")).Json.Should().Be("""{"TableNames":["counts","events"]}""");
    }

    [Fact]
    public async Task A_protected_table_and_one_of_the_program_are_not_deleted()
    {
        await CallAsync("CreateTable", $$"""{"TableName":"mine",{{Id}},{{Five}},"DeletionProtectionEnabled":true}""");

        (await CallAsync("DeleteTable", """{"TableName":"mine"}""")).Refusal.Should().StartWith($"{Error}ValidationException: Resource cannot be deleted");
        (await CallAsync("DeleteTable", """{"TableName":"events"}""")).Refusal.Should().StartWith($"{Error}ValidationException: The program that started the emulator made the table events");
        (await CallAsync("UpdateTable", """{"TableName":"events","DeletionProtectionEnabled":true}""")).Refusal.Should().StartWith($"{Error}ValidationException: The program that started the emulator made the table events");
        (await CallAsync("UpdateTable", """{"TableName":"mine"}""")).Refusal.Should().StartWith($"{Error}ValidationException: At least one of ");
        (await CallAsync("UpdateTable", """{"TableName":"mine","DeletionProtectionEnabled":false,"BillingMode":"PAY_PER_REQUEST"}""")).Json.Should().Contain("\"TableStatus\":\"UPDATING\"").And.Contain("PAY_PER_REQUEST");
        (await CallAsync("DeleteTable", """{"TableName":"mine"}""")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("N", "{\"N\":\"1.50\"}", "{\"N\":\"1.5\"}", "{\"S\":\"1.5\"}")]
    [InlineData("B", "{\"B\":\"AQI=\"}", "{\"B\":\"AQI=\"}", "{\"N\":\"1\"}")]
    [InlineData("S", "{\"S\":\"a\"}", "{\"S\":\"a\"}", "{\"B\":\"AQI=\"}")]
    public async Task A_table_with_one_key_of_any_type_takes_and_returns_items(string kind, string key, string stored, string other)
    {
        await CallAsync("CreateTable", $$"""{"TableName":"mine","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"k","AttributeType":"{{kind}}"}],"BillingMode":"PAY_PER_REQUEST"}""");

        (await CallAsync("PutItem", $$$$"""{"TableName":"mine","Item":{"k":{{{{key}}}},"v":{"S":"1"}}}""")).Json.Should().Be("{}");
        (await CallAsync("UpdateItem", $$$$"""{"TableName":"mine","Key":{"k":{{{{key}}}}},"UpdateExpression":"SET v = :v","ExpressionAttributeValues":{":v":{"S":"2"}}}""")).Json.Should().Be("{}");
        (await CallAsync("GetItem", $$$$"""{"TableName":"mine","Key":{"k":{{{{key}}}}}}""")).Json.Should().Be($$$$"""{"Item":{"k":{{{{stored}}}},"v":{"S":"2"}}}""");
        (await CallAsync("Query", $$$"""{"TableName":"mine","KeyConditionExpression":"k = :k","ExpressionAttributeValues":{":k":{{{key}}}}}""")).Json.Should().Contain("\"Count\":1");
        (await CallAsync("Scan", """{"TableName":"mine"}""")).Json.Should().Contain("\"Count\":1");
        (await CallAsync("GetItem", $$$"""{"TableName":"mine","Key":{"k":{{{other}}}}}""")).Refusal.Should().Be($"{Error}ValidationException: The provided key element does not match the schema");
        (await CallAsync("PutItem", $$$"""{"TableName":"mine","Item":{"k":{{{other}}}}}""")).Refusal.Should().StartWith($"{Error}ValidationException: One or more parameter values were invalid: Type mismatch for key k expected: {kind}");
        (await CallAsync("DeleteItem", $$$"""{"TableName":"mine","Key":{"k":{{{key}}}},"ReturnValues":"ALL_OLD"}""")).Json.Should().Contain("\"Attributes\"");
        (await CallAsync("Scan", """{"TableName":"mine"}""")).Json.Should().Contain("\"Count\":0");
    }

    // dynamodb: test_dynamodb_stream_stream_view_type.
    [Theory]
    [InlineData("KEYS_ONLY", 12, false, false)]
    [InlineData("NEW_IMAGE", 29, true, false)]
    [InlineData("OLD_IMAGE", 29, false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", 46, true, true)]
    public async Task A_stream_shows_what_its_view_says(string view, int bytes, bool hasNew, bool hasOld)
    {
        await CallAsync(
            "CreateTable",
            $$$"""{"TableName":"mine","KeySchema":[{"AttributeName":"Username","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"Username","AttributeType":"S"}],{{{Five}}},"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"{{{view}}}"}}""");
        foreach (var one in new[] { "a", "b" })
        {
            await CallAsync("PutItem", $$$$"""{"TableName":"mine","Item":{"Username":{"S":"Fred"},"v":{"S":"{{{{one}}}}xxx"}}}""");
        }

        var arn = (string)JsonNode.Parse((await StreamsAsync("ListStreams", """{"TableName":"mine"}""")).Body)!["Streams"]![0]!["StreamArn"]!;
        var described = (await StreamsAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}"}""")).Json;
        var shard = (string)JsonNode.Parse(described)!["StreamDescription"]!["Shards"]![0]!["ShardId"]!;
        var iterator = (string)JsonNode.Parse((await StreamsAsync("GetShardIterator", $$"""{"StreamArn":"{{arn}}","ShardId":"{{shard}}","ShardIteratorType":"TRIM_HORIZON"}""")).Body)!["ShardIterator"]!;
        var record = JsonNode.Parse((await StreamsAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).Body)!["Records"]![1]!["dynamodb"]!.AsObject();

        described.Should().Contain($"\"StreamViewType\":\"{view}\"").And.Contain("""KeySchema":[{"AttributeName":"Username","KeyType":"HASH"}]""");
        record["Keys"]!.ToJsonString().Should().Be("""{"Username":{"S":"Fred"}}""");
        (record.ContainsKey("NewImage"), record.ContainsKey("OldImage"), (string?)record["StreamViewType"], (int)record["SizeBytes"]!).Should().Be((hasNew, hasOld, view, bytes));
    }

    private static string Plain(EndpointResponse answer) => Time().Replace(answer.Json, "\"CreationDateTime\":(time)");

    private static string Compact(string members) => EndpointResponse.Compact($"{{{members}}}")[1..^1];

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);

    private Task<EndpointResponse> StreamsAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDBStreams_20120810.{operation}", body);

    [GeneratedRegex("\"CreationDateTime\":[0-9]+")]
    private static partial Regex Time();
}
