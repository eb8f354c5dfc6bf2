namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>What AWS answered in scenarios that LocalStack recorded there. Their tables have one key; ours have two, the second of which is always the same here.</summary>
public sealed class DynamoDbRecordedTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";
    private const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/events";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    // dynamodb: test_return_values_in_put_item, test_return_values_on_conditions_check_failure.
    [Fact]
    public async Task The_old_item_is_returned_only_if_there_was_one_and_somebody_asks()
    {
        (await PutAsync("id1", "foobar", ",\"ReturnValues\":\"ALL_OLD\"")).Json.Should().Be("{}");
        (await PutAsync("id1", "foobar", ",\"ReturnValues\":\"ALL_OLD\"")).Json.Should().Be($$"""{"Attributes":{{Item("id1", "foobar")}}}""");
        (await PutAsync("id1", "other", "")).Json.Should().Be("{}");
        (await PutAsync("id1", "x", ",\"ConditionExpression\":\"attribute_not_exists(pk)\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"")).Json.Should().Be(
            $$"""400 {"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed","Item":{{Item("id1", "other")}}}""");
    }

    // dynamodb: test_empty_and_binary_values, test_batch_write_binary, test_batch_write_items, test_data_encoding_consistency, test_transaction_write_binary_data.
    [Fact]
    public async Task Bytes_are_the_same_in_the_table_and_in_its_stream_however_they_were_written()
    {
        static string Binary(string pk, string bytes) => $$$"""{"pk":{"S":"{{{pk}}}"},"sk":{"S":"1"},"data":{"B":"{{{bytes}}}"}}""";
        await CallAsync("PutItem", $$"""{"TableName":"events","Item":{{Binary("id1", "kA==")}}}""");
        (await CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"events":[{"PutRequest":{"Item":{{{Binary("id2", "")}}}}}]}}""")).Json.Should().Be("""{"UnprocessedItems":{}}""");
        (await TransactAsync($$$"""{"Put":{"TableName":"events","Item":{{{Binary("someUser", "Zm9vYmFy")}}}}}""")).Json.Should().Be("{}");

        foreach (var item in new[] { Binary("id1", "kA=="), Binary("id2", ""), Binary("someUser", "Zm9vYmFy") })
        {
            var pk = (string)JsonNode.Parse(item)!["pk"]!["S"]!;
            (await CallAsync("GetItem", $$$"""{"TableName":"events","Key":{{{Key(pk)}}}}""")).Json.Should().Be($$"""{"Item":{{item}}}""");
            (await RecordsAsync()).Should().Contain($"INSERT {pk} new {item}");
        }
    }

    // dynamodb: test_transaction_write_items, test_transact_get_items, test_transaction_write_canceled, test_dynamodb_idempotent_writing.
    [Fact]
    public async Task A_transaction_takes_the_name_of_a_table_or_its_ARN()
    {
        static string Put(string table, string pk) => $$$$$"""{"Put":{"TableName":"{{{{{table}}}}}","Item":{"pk":{"S":"{{{{{pk}}}}}"},"sk":{"S":"1"}}}}""";
        static string Get(string table, string pk) => $$$$"""{"Get":{"TableName":"{{{{table}}}}","Key":{"pk":{"S":"{{{{pk}}}}"},"sk":{"S":"1"}},"ProjectionExpression":"pk"}}""";

        (await TransactAsync(Put("events", "John"))).Json.Should().Be("{}");
        (await TransactAsync(Put(Arn, "Sarah"))).Json.Should().Be("{}");
        (await CallAsync("TransactGetItems", $$"""{"TransactItems":[{{Get("events", "John")}}]}""")).Json.Should().Be("""{"Responses":[{"Item":{"pk":{"S":"John"}}}]}""");
        (await CallAsync("TransactGetItems", $$"""{"TransactItems":[{{Get(Arn, "Sarah")}}]}""")).Json.Should().Be("""{"Responses":[{"Item":{"pk":{"S":"Sarah"}}}]}""");
        (await TransactAsync("""{"ConditionCheck":{"TableName":"events","Key":{"pk":{"S":"none"},"sk":{"S":"1"}},"ConditionExpression":"attribute_exists(pk)"}}""", Put("events", "x"))).Refusal.Should().Be(
            $"{Error}TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]");
    }

    // dynamodb: test_dynamodb_get_batch_items, test_batch_write_not_matching_schema, test_batch_write_not_existing_table.
    [Fact]
    public async Task A_batch_names_what_is_wrong_with_it()
    {
        (await CallAsync("BatchGetItem", """{"RequestItems":{"events":{"Keys":[{"pk":{"S":"none"},"sk":{"S":"1"}}]}}}""")).Json.Should().Be("""{"Responses":{"events":[]},"UnprocessedKeys":{}}""");
        (await CallAsync("BatchWriteItem", """{"RequestItems":{"events":[{"DeleteRequest":{"Key":{"pk":{"S":"x"}}}}]}}""")).Refusal.Should().Be($"{Error}ValidationException: The provided key element does not match the schema");
        (await TransactAsync("""{"Put":{"TableName":"non-existent","Item":{"pk":{"S":"x"},"sk":{"S":"1"}}}}""")).Refusal.Should().Be($"{Error}ResourceNotFoundException: Requested resource not found");
    }

    // dynamodb: test_batch_write_items_streaming, test_transact_write_items_streaming, test_transact_write_items_streaming_for_different_tables, test_dynamodb_stream_records_with_update_item.
    [Fact]
    public async Task A_stream_has_one_record_for_each_change_of_a_batch_or_a_transaction_and_none_for_what_stays_the_same()
    {
        const string Fred = """{"pk":{"S":"Fred"},"sk":{"S":"1"}}""";
        await CallAsync("PutItem", $$"""{"TableName":"events","Item":{{Fred}}}""");
        await CallAsync("BatchWriteItem", $$$$$"""{"RequestItems":{"events":[{"PutRequest":{"Item":{{{{{Fred}}}}}}},{"PutRequest":{"Item":{"pk":{"S":"NewKey"},"sk":{"S":"1"}}}}]}}""");
        await CallAsync("BatchWriteItem", """{"RequestItems":{"events":[{"DeleteRequest":{"Key":{"pk":{"S":"NewKey"},"sk":{"S":"1"}}}},{"DeleteRequest":{"Key":{"pk":{"S":"none"},"sk":{"S":"1"}}}}]}}""");
        await TransactAsync($$$"""{"Put":{"TableName":"events","Item":{{{Fred}}}}}""", """{"Put":{"TableName":"counts","Item":{"pk":{"S":"a"},"sk":{"S":"1"}}}}""");
        await TransactAsync("""{"Update":{"TableName":"events","Key":{"pk":{"S":"Fred"},"sk":{"S":"1"}},"UpdateExpression":"SET attr1 = :v","ExpressionAttributeValues":{":v":{"S":"value1"}}}}""");
        await TransactAsync("""{"Delete":{"TableName":"events","Key":{"pk":{"S":"none"},"sk":{"S":"1"}}}}""");

        const string Changed = """{"pk":{"S":"Fred"},"sk":{"S":"1"},"attr1":{"S":"value1"}}""";
        (await RecordsAsync()).Should().Equal(
            $"INSERT Fred new {Fred}",
            """INSERT NewKey new {"pk":{"S":"NewKey"},"sk":{"S":"1"}}""",
            """REMOVE NewKey old {"pk":{"S":"NewKey"},"sk":{"S":"1"}}""",
            $"MODIFY Fred new {Changed} old {Fred}");
    }

    // dynamodb: test_batch_write_items_streaming: 12 bytes for {"id":"Fred"}, 26 for its change to {"id":"Fred","name":"Fred"}. Here sk adds 3 bytes to the key and to each image.
    [Fact]
    public async Task The_size_of_a_record_is_that_of_its_key_and_its_images()
    {
        await CallAsync("PutItem", """{"TableName":"events","Item":{"pk":{"S":"Fred"},"sk":{"S":"1"}}}""");
        await CallAsync("PutItem", """{"TableName":"events","Item":{"pk":{"S":"Fred"},"sk":{"S":"1"},"name":{"S":"Fred"}}}""");

        (await GetRecordsAsync()).Select(record => (int)record!["dynamodb"]!["SizeBytes"]!).Should().Equal(12 + (2 * 3), 26 + (3 * 3));
    }

    // dynamodb-streams: test_non_existent_stream.
    [Fact]
    public async Task A_stream_that_does_not_exist_is_named() =>
        (await _endpoint.CallAsync("DynamoDBStreams_20120810.DescribeStream", $$"""{"StreamArn":"{{Arn}}/stream/2024-11-18T14:36:44.149"}""")).Refusal.Should().Be(
            $"{Error}ResourceNotFoundException: Requested resource not found: Stream: {Arn}/stream/2024-11-18T14:36:44.149 not found");

    private static string Key(string pk) => $$$"""{"pk":{"S":"{{{pk}}}"},"sk":{"S":"1"}}""";

    private static string Item(string pk, string data) => $$$"""{"pk":{"S":"{{{pk}}}"},"sk":{"S":"1"},"data":{"S":"{{{data}}}"}}""";

    private Task<EndpointResponse> PutAsync(string pk, string data, string more) => CallAsync("PutItem", $$"""{"TableName":"events","Item":{{Item(pk, data)}}{{more}}}""");

    private Task<EndpointResponse> TransactAsync(params string[] actions) => CallAsync("TransactWriteItems", $$"""{"TransactItems":[{{string.Join(',', actions)}}]}""");

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body);

    private async Task<JsonArray> GetRecordsAsync() =>
        JsonNode.Parse((await _endpoint.CallAsync("DynamoDBStreams_20120810.GetRecords", $$"""{"ShardIterator":"{{_endpoint.Table.Options.StreamArn}}|0"}""")).Body)!["Records"]!.AsArray();

    /// <summary>Each record as its kind, its partition key and its images.</summary>
    private async Task<List<string>> RecordsAsync() => [.. (await GetRecordsAsync()).Select(static record =>
    {
        var change = record!["dynamodb"]!;
        static string Image(JsonNode change, string name, string told) => change[name] is { } image ? $" {told} {image.ToJsonString()}" : "";
        return $"{record["eventName"]} {change["Keys"]!["pk"]!["S"]}{Image(change, "NewImage", "new")}{Image(change, "OldImage", "old")}";
    })];
}
