namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>The whole responses of DynamoDB's operations.</summary>
public sealed class DynamoDbServiceTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_table_is_described_with_its_stream()
    {
        await PutAsync("1", "x");

        (await TellAsync("DescribeTable", """{"TableName":"events"}""")).Should().Be(EndpointResponse.Compact("""
            {"Table":{
                "TableName":"events",
                "TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/events",
                "TableStatus":"ACTIVE",
                "ItemCount":1,
                "LatestStreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/2026-01-01T00:00:00.000",
                "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]}}
            """));
    }

    [Fact]
    public async Task The_description_of_a_table_without_a_stream_has_no_stream() =>
        (await TellAsync("DescribeTable", """{"TableName":"arn:aws:dynamodb:us-east-1:000000000000:table/counts"}""")).Should().Be(EndpointResponse.Compact("""
            {"Table":{
                "TableName":"counts",
                "TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/counts",
                "TableStatus":"ACTIVE",
                "ItemCount":0,
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]}}
            """));

    [Fact]
    public async Task Tables_are_listed_by_name() => (await TellAsync("ListTables", "{}")).Should().Be("""{"TableNames":["counts","events"]}""");

    [Fact]
    public async Task A_scan_goes_page_by_page_through_all_items()
    {
        await PutAsync("1", "x");
        await PutAsync("2", "y");
        await PutAsync("3", "z");

        (await TellAsync("Scan", """{"TableName":"events","Limit":2}""")).Should().Be(
            $$$$"""{"Items":[{{{{Item("1", "x")}}}},{{{{Item("2", "y")}}}}],"Count":2,"ScannedCount":2,"LastEvaluatedKey":{"position":{"N":"2"}}}""");
        (await TellAsync("Scan", """{"TableName":"events","Limit":2,"ExclusiveStartKey":{"position":{"N":"2"}}}""")).Should().Be(
            $$"""{"Items":[{{Item("3", "z")}}],"Count":1,"ScannedCount":1}""");
        (await TellAsync("Scan", """{"TableName":"events","Limit":0}""")).Should().Contain("\"Count\":1,");
        (await TellAsync("Scan", """{"TableName":"events","Select":"COUNT"}""")).Should().Be("""{"Count":3,"ScannedCount":3}""");
        (await TellAsync("Scan", """{"TableName":"counts"}""")).Should().Be("""{"Items":[],"Count":0,"ScannedCount":0}""");
    }

    [Fact]
    public async Task A_page_of_a_scan_has_at_most_a_hundred_items()
    {
        await _endpoint.Table.PutIfAbsentAsync([.. Enumerable.Range(0, 101).Select(number => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Item($"{number}", "x")))]);

        (await TellAsync("Scan", """{"TableName":"events","Select":"COUNT"}""")).Should().Be("""{"Count":100,"ScannedCount":100,"LastEvaluatedKey":{"position":{"N":"100"}}}""");
        (await TellAsync("Scan", """{"TableName":"events","Select":"COUNT","Limit":1000}""")).Should().StartWith("""{"Count":100,""");
    }

    [Fact]
    public async Task GetItem_returns_a_whole_item_a_part_of_it_or_none()
    {
        await PutAsync("1", "José \"é\"");
        const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;

        (await TellAsync("GetItem", $$"""{{{Key}}}""")).Should().Be($$"""{"Item":{{Item("1", "José \\\"é\\\"")}}}""");
        (await TellAsync("GetItem", $$$"""{{{{Key}}},"ProjectionExpression":" sk , #n,none,","ExpressionAttributeNames":{"#n":"note"}}""")).Should().Be(
            """{"Item":{"sk":{"S":"1"},"note":{"S":"José \"é\""}}}""");
        (await TellAsync("GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"2"}}}""")).Should().Be("{}");
    }

    [Fact]
    public async Task BatchGetItem_returns_the_existing_items_of_several_tables()
    {
        await PutAsync("1", "x");
        await PutAsync("2", "y");
        await TellAsync("PutItem", $$"""{"TableName":"counts","Item":{{Item("1", "z")}}}""");

        (await TellAsync("BatchGetItem", """
            {"RequestItems":{
                "events":{"Keys":[{"pk":{"S":"p"},"sk":{"S":"2"}},{"pk":{"S":"p"},"sk":{"S":"none"}},{"pk":{"S":"p"},"sk":{"S":"1"}}]},
                "counts":{"Keys":[{"pk":{"S":"p"},"sk":{"S":"1"}}],"ProjectionExpression":"note"}}}
            """)).Should().Be($$$"""{"UnprocessedKeys":{},"Responses":{"events":[{{{Item("2", "y")}}},{{{Item("1", "x")}}}],"counts":[{"note":{"S":"z"}}]}}""");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_batch_has_1_to_100_keys(int keys, bool isTaken)
    {
        var list = string.Join(',', Enumerable.Range(0, keys).Select(key => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{key}}}"}}"""));
        var answer = await CallAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{list}}}}]}}}""");

        (isTaken ? answer.Json : answer.Refusal).Should().Be(isTaken
            ? """{"UnprocessedKeys":{},"Responses":{"events":[]}}"""
            : $"{Error}ValidationException: Too many items requested for the BatchGetItem call, or none; it takes up to 100");
    }

    [Fact]
    public async Task The_keys_of_a_batch_count_over_all_tables()
    {
        static string Keys(int count) => string.Join(',', Enumerable.Range(0, count).Select(key => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{key}}}"}}"""));

        (await TellAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{Keys(51)}}}}]},"counts":{"Keys":[{{{{Keys(50)}}}}]}}}""")).Should().StartWith("400 ");
        (await TellAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{Keys(50)}}}}]},"counts":{"Keys":[{{{{Keys(50)}}}}]}}}""")).Should().Be("""{"UnprocessedKeys":{},"Responses":{"events":[],"counts":[]}}""");
    }

    [Fact]
    public async Task A_write_returns_the_item_before_or_after_it_if_asked()
    {
        const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;
        string Put(string note, string values) => $$"""{"TableName":"events","Item":{{Item("1", note)}}{{values}}}""";

        (await TellAsync("PutItem", Put("x", ""))).Should().Be("{}");
        (await TellAsync("PutItem", Put("y", ",\"ReturnValues\":\"ALL_OLD\""))).Should().Be($$"""{"Attributes":{{Item("1", "x")}}}""");
        (await TellAsync("PutItem", Put("z", ",\"ReturnValues\":\"ALL_NEW\""))).Should().Be($$"""{"Attributes":{{Item("1", "z")}}}""");
        (await TellAsync("PutItem", Put("z", ",\"ReturnValues\":\"NONE\""))).Should().Be("{}");
        (await TellAsync("DeleteItem", $$"""{{{Key}},"ReturnValues":"ALL_OLD"}""")).Should().Be($$"""{"Attributes":{{Item("1", "z")}}}""");
        (await TellAsync("DeleteItem", $$"""{{{Key}},"ReturnValues":"ALL_OLD"}""")).Should().Be("{}");
        (await TellAsync("GetItem", $$"""{{{Key}}}""")).Should().Be("{}");
    }

    [Fact]
    public async Task A_write_that_fails_its_condition_returns_the_existing_item_if_asked()
    {
        await PutAsync("1", "x");
        const string Again = """ "TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}},"ConditionExpression":"attribute_not_exists(pk)" """;
        const string Refused = """400 {"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed" """;

        (await TellAsync("PutItem", $$"""{{{Again}}}""")).Should().Be($$"""{{Refused.TrimEnd()}}}""");
        (await TellAsync("PutItem", $$"""{{{Again}},"ReturnValuesOnConditionCheckFailure":"ALL_OLD"}""")).Should().Be($$"""{{Refused.TrimEnd()}},"Item":{{Item("1", "x")}}}""");
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"none","Key":{}}""", "ResourceNotFoundException: Requested resource not found")]
    [InlineData("GetItem", """{"Key":{}}""", "ValidationException: The request must contain the parameter TableName.")]
    [InlineData("GetItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'Key' failed to satisfy constraint: Member must not be null")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"sk":{"S":"1"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"N":"1"},"sk":{"S":"1"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":5}""", "SerializationException: Key is of another type.")]
    [InlineData("BatchGetItem", """{"RequestItems":{"none":{"Keys":[]}}}""", "ResourceNotFoundException: Requested resource not found")]
    [InlineData("BatchGetItem", """{"RequestItems":{"events":{}}}""", "ValidationException: Too many items requested for the BatchGetItem call, or none; it takes up to 100")]
    [InlineData("BatchGetItem", """{"RequestItems":{"events":{"Keys":[{"pk":{"S":"p"},"sk":{"S":"1"}},{"pk":{"S":"p"},"sk":{"S":"1"}}]}}}""", "ValidationException: Provided list of item keys contains duplicates")]
    [InlineData("PutItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'Item' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"}}}""", "ValidationException: One or more parameter values were invalid: Missing the key sk in the item")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}},"ReturnValues":"UPDATED_NEW"}""", "ValidationException: ReturnValues UPDATED_NEW is not supported here: NONE, ALL_OLD and ALL_NEW are.")]
    [InlineData("DeleteItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'Key' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'Key' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateTable", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal)
    {
        var answer = await CallAsync(operation, body);

        answer.Refusal.Should().Be(Error + refusal);
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.0");
    }

    private static string Item(string sk, string note) => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"note":{"S":"{{{note}}}"}}""";

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => (await CallAsync(operation, body)).Json;

    private async Task PutAsync(string sk, string note) => await TellAsync("PutItem", $$"""{"TableName":"events","Item":{{Item(sk, note.Replace("\"", "\\\"", StringComparison.Ordinal))}}}""");
}
