namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Requests that DynamoDB supports and these tables do not: each is refused by name and changes no item.</summary>
public sealed class DynamoDbRefusalTests : IAsyncLifetime
{
    private const string Item = """{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"5"}}""";
    private const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;
    private const string Put = """ "TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}} """;
    private const string Query = """ "TableName":"events","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"p"}} """;
    private const string Scan = """ "TableName":"events" """;

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        (await CallAsync("PutItem", $$"""{"TableName":"events","Item":{{Item}}}""")).Status.Should().Be(200);
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("Scan", Scan, """ "ScanFilter":{} """)]
    [InlineData("Scan", Scan, """ "AttributesToGet":["n"] """)]
    [InlineData("Query", Query, """ "QueryFilter":{} """)]
    [InlineData("Query", Query, """ "KeyConditions":{} """)]
    [InlineData("Query", Query, """ "AttributesToGet":["n"] """)]
    [InlineData("Query", Query, """ "ConditionalOperator":"OR" """)]
    [InlineData("GetItem", Key, """ "AttributesToGet":["n"] """)]
    [InlineData("PutItem", Put, """ "Expected":{"n":{"Exists":false}} """)]
    [InlineData("PutItem", Put, """ "ConditionalOperator":"OR" """)]
    [InlineData("UpdateItem", Key, """ "AttributeUpdates":{"n":{"Action":"DELETE"}} """)]
    [InlineData("UpdateItem", Key, """ "Expected":{"n":{"Exists":false}} """)]
    [InlineData("DeleteItem", Key, """ "Expected":{"n":{"Exists":false}} """)]
    [InlineData("DescribeTable", Scan, """ "Unheard":true """)]
    [InlineData("TransactWriteItems", """ "TransactItems":[] """, """ "Unheard":true """)]
    public async Task An_unsupported_member_is_refused_by_its_name(string operation, string request, string member)
    {
        var name = member.Split('"')[1];

        await IsRefusedAsync(operation, $$"""{{{request}},{{member}}}""", $"{operation} with {name} is not supported here.");
        (await CallAsync(operation, $$"""{{{request}},"{{name}}":null}""")).Body.Should().NotContain("is not supported here", "null is no member");
    }

    [Theory]
    [InlineData("BatchGetItem", """{"RequestItems":{"events":{"Keys":[{"pk":{"S":"p"},"sk":{"S":"1"}}],"AttributesToGet":["n"]}}}""", "RequestItems with AttributesToGet is not supported here.")]
    [InlineData("BatchExecuteStatement", """{"Statements":[{"Statement":"x","Limit":1}]}""", "Statements with Limit is not supported here.")]
    [InlineData("TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"events","Key":{},"ConsistentRead":true}}]}""", "Get with ConsistentRead is not supported here.")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"events":[{"PutRequest":{"Item":{},"ConditionExpression":"x"}}]}}""", "PutRequest with ConditionExpression is not supported here.")]
    [InlineData("Scan", """{"TableName":"events","ReturnConsumedCapacity":"TOTAL"}""", "ReturnConsumedCapacity TOTAL is not supported here: NONE.")]
    [InlineData("DeleteItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"ReturnValuesOnConditionCheckFailure":"ALL_NEW"}""", "1 validation error detected: Value 'ALL_NEW' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"S":"p","N":"5"},"sk":{"S":"1"}}}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("DeleteItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1","NULL":true}}}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"5"}}}""", "The provided key element does not match the schema")]
    [InlineData("UpdateItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"6"}}}""", "The provided key element does not match the schema")]
    public async Task An_unsupported_value_is_refused_by_its_name(string operation, string request, string message) => await IsRefusedAsync(operation, request, message);

    [Theory]
    [InlineData("ListStreams", "{\"Limit\":1}", "Limit")]
    [InlineData("ListStreams", "{\"ExclusiveStartStreamArn\":\"a\"}", "ExclusiveStartStreamArn")]
    [InlineData("DescribeStream", "{\"StreamArn\":\"a\",\"ShardFilter\":{}}", "ShardFilter")]
    public async Task An_unsupported_member_is_refused_by_streams_too(string operation, string request, string member) =>
        (await _endpoint.CallAsync($"DynamoDBStreams_20120810.{operation}", request)).Refusal.Should().Be(
            $"400 com.amazonaws.dynamodb.v20120810#ValidationException: {operation} with {member} is not supported here.");

    [Theory]
    [InlineData("Scan", """{"TableName":"events","ConsistentRead":true,"Select":"ALL_ATTRIBUTES","ReturnConsumedCapacity":"NONE"}""")]
    [InlineData("PutItem", """{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"2"}},"ReturnItemCollectionMetrics":"SIZE","ReturnValues":null}""")]
    public async Task Members_that_do_not_change_the_response_are_accepted(string operation, string request) => (await CallAsync(operation, request)).Status.Should().Be(200);

    private async Task IsRefusedAsync(string operation, string request, string message)
    {
        (await CallAsync(operation, request)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: {message}");
        (await CallAsync("Scan", """{"TableName":"events"}""")).Json.Should().Be($$"""{"Items":[{{Item}}],"Count":1,"ScannedCount":1}""", "nothing was changed");
    }

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);
}
