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
                "CreationDateTime":1767225600,
                "BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
                "DeletionProtectionEnabled":false,
                "LatestStreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/2026-01-01T00:00:00.000",
                "LatestStreamLabel":"2026-01-01T00:00:00.000",
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
                "CreationDateTime":1767225600,
                "BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
                "DeletionProtectionEnabled":false,
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]}}
            """));

    [Fact]
    public async Task Tables_are_listed_by_name_a_page_at_a_time()
    {
        (await TellAsync("ListTables", "{}")).Should().Be("""{"TableNames":["counts","events"]}""");
        (await TellAsync("ListTables", """{"Limit":1}""")).Should().Be("""{"TableNames":["counts"],"LastEvaluatedTableName":"counts"}""");
        (await TellAsync("ListTables", """{"Limit":1,"ExclusiveStartTableName":"counts"}""")).Should().Be("""{"TableNames":["events"]}""");
        (await TellAsync("ListTables", """{"ExclusiveStartTableName":"zzz"}""")).Should().Be("""{"TableNames":[]}""");
    }

    [Fact]
    public async Task Settings_of_tables_and_of_the_account_are_told()
    {
        (await TellAsync("DescribeTimeToLive", """{"TableName":"events"}""")).Should().Be("""{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"expiresAt"}}""");
        (await TellAsync("DescribeTimeToLive", """{"TableName":"counts"}""")).Should().Be("""{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}""");
        (await TellAsync("DescribeContinuousBackups", """{"TableName":"events"}""")).Should().Be(
            """{"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"ENABLED","PointInTimeRecoveryDescription":{"PointInTimeRecoveryStatus":"DISABLED"}}}""");
        (await TellAsync("DescribeLimits", "{}")).Should().Be(
            """{"AccountMaxReadCapacityUnits":80000,"AccountMaxWriteCapacityUnits":80000,"TableMaxReadCapacityUnits":40000,"TableMaxWriteCapacityUnits":40000}""");
    }

    [Fact]
    public async Task GetItem_returns_a_whole_item_a_part_of_it_or_none()
    {
        await PutAsync("1", "José \"é\"");
        const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;

        (await TellAsync("GetItem", $$"""{{{Key}}}""")).Should().Be($$"""{"Item":{{Item("1", "José \\\"é\\\"")}}}""");
        (await TellAsync("GetItem", $$$"""{{{{Key}}},"ProjectionExpression":" sk , #n,nothing","ExpressionAttributeNames":{"#n":"note"}}""")).Should().Be(
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
            """)).Should().Be($$$"""{"Responses":{"events":[{{{Item("2", "y")}}},{{{Item("1", "x")}}}],"counts":[{"note":{"S":"z"}}]},"UnprocessedKeys":{}}""");
    }

    [Theory]
    [InlineData(0, "ValidationException: 1 validation error detected: Value at 'requestItems.events.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData(101, "ValidationException: 1 validation error detected: Value at 'RequestItems.events.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100")]
    public async Task A_batch_has_1_to_100_keys(int keys, string refusal)
    {
        Task<EndpointResponse> GetAsync(int count)
        {
            var list = string.Join(',', Enumerable.Range(0, count).Select(key => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{key}}}"}}"""));
            return CallAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{list}}}}]}}}""");
        }

        (await GetAsync(keys)).Refusal.Should().Be(Error + refusal);
        (await GetAsync(1)).Json.Should().Be("""{"Responses":{"events":[]},"UnprocessedKeys":{}}""");
        (await GetAsync(100)).Json.Should().Be("""{"Responses":{"events":[]},"UnprocessedKeys":{}}""");
    }

    [Fact]
    public async Task The_keys_of_a_batch_count_over_all_tables()
    {
        static string Keys(int count) => string.Join(',', Enumerable.Range(0, count).Select(key => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{key}}}"}}"""));

        (await TellAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{Keys(51)}}}}]},"counts":{"Keys":[{{{{Keys(50)}}}}]}}}""")).Should().StartWith("400 ");
        (await TellAsync("BatchGetItem", $$$$"""{"RequestItems":{"events":{"Keys":[{{{{Keys(50)}}}}]},"counts":{"Keys":[{{{{Keys(50)}}}}]}}}""")).Should().Be("""{"Responses":{"events":[],"counts":[]},"UnprocessedKeys":{}}""");
    }

    [Fact]
    public async Task A_write_returns_the_item_before_or_after_it_if_asked()
    {
        const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;
        string Put(string note, string values) => $$"""{"TableName":"events","Item":{{Item("1", note)}}{{values}}}""";

        (await TellAsync("PutItem", Put("x", ""))).Should().Be("{}");
        (await TellAsync("PutItem", Put("y", ",\"ReturnValues\":\"ALL_OLD\""))).Should().Be($$"""{"Attributes":{{Item("1", "x")}}}""");
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
    [InlineData("GetItem", """{"Key":{}}""", "ValidationException: 1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null")]
    [InlineData("GetItem", """{"TableName":"","Key":{}}""", "ValidationException: 1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("PutItem", """{"TableName":"bad table!@#","Item":{},"ReturnValues":"INVALID"}""", "ValidationException: 1 validation error detected: Value 'bad table!@#' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    [InlineData("DeleteItem", """{"TableName":"events","Key":{},"ReturnValues":"INVALID","ReturnConsumedCapacity":"WRONG"}""", "ValidationException: 2 validation errors detected: Value 'INVALID' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value 'WRONG' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]")]
    [InlineData("ListTables", """{"Limit":101}""", "ValidationException: 1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100")]
    [InlineData("DescribeTable", """{"TableName":"none"}""", "ResourceNotFoundException: Requested resource not found: Table: none not found")]
    [InlineData("DescribeTimeToLive", """{"TableName":"none"}""", "ResourceNotFoundException: Requested resource not found: Table: none not found")]
    [InlineData("DescribeContinuousBackups", """{"TableName":"none"}""", "TableNotFoundException: Table not found: none")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"S":""},"sk":{"S":"1"}}}""", "ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk")]
    [InlineData("GetItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"sk":{"S":"1"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"N":"1"},"sk":{"S":"1"}}}""", "ValidationException: The provided key element does not match the schema")]
    [InlineData("GetItem", """{"TableName":"events","Key":5}""", "SerializationException: Key is of another type.")]
    [InlineData("BatchGetItem", """{"RequestItems":{"none":{"Keys":[]}}}""", "ResourceNotFoundException: Requested resource not found")]
    [InlineData("BatchGetItem", """{"RequestItems":{}}""", "ValidationException: 1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1: The requestItems parameter is required for BatchGetItem")]
    [InlineData("BatchGetItem", """{"RequestItems":{"events":{"Keys":[{"pk":{"S":"p"},"sk":{"S":"1"}},{"pk":{"S":"p"},"sk":{"S":"1"}}]}}}""", "ValidationException: Provided list of item keys contains duplicates")]
    [InlineData("PutItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"}}}""", "ValidationException: One or more parameter values were invalid: Missing the key sk in the item")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}},"ReturnValues":"UPDATED_NEW"}""", "ValidationException: ReturnValues can only be ALL_OLD or NONE")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}},"ReturnValues":"ALL_NEW"}""", "ValidationException: ReturnValues can only be ALL_OLD or NONE")]
    [InlineData("DeleteItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateItem", """{"TableName":"events"}""", "ValidationException: 1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateBackup", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal)
    {
        var answer = await CallAsync(operation, body);

        answer.Refusal.Should().Be(Error + refusal);
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.0");
    }

    [Fact]
    public async Task An_attribute_that_stands_twice_in_an_item_is_refused() =>
        (await CallAsync("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"},"pk":{"S":"q"},"sk":{"S":"1"}}}""")).Refusal.Should().StartWith("400 SerializationException: ");

    private static string Item(string sk, string note) => $$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"note":{"S":"{{{note}}}"}}""";

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => (await CallAsync(operation, body)).Json;

    private async Task PutAsync(string sk, string note) => await TellAsync("PutItem", $$"""{"TableName":"events","Item":{{Item(sk, note.Replace("\"", "\\\"", StringComparison.Ordinal))}}}""");
}
