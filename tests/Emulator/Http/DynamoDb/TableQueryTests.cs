namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>The whole responses of queries.</summary>
public sealed class TableQueryTests : IAsyncLifetime
{
    private const string Names = """{"#n":"n","#pk":"pk","#sk":"sk"}""";
    private const string Values = """{":p":{"S":"p"},":q":{"S":"q"},":1":{"N":"1"},":2":{"S":"2"},":25":{"S":"2a"},":3":{"S":"3"},":empty":{"S":""}}""";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_page_has_its_items_their_number_and_the_key_for_the_next_page()
    {
        await PutAsync("1", "2", "3");

        (await QueryAsync("pk = :p", ",\"Limit\":2")).Json.Should().Be(EndpointResponse.Compact("""
            {"Items":[{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"1"}},{"pk":{"S":"p"},"sk":{"S":"2"},"n":{"N":"2"}}],"Count":2,"ScannedCount":2,"LastEvaluatedKey":{"pk":{"S":"p"},"sk":{"S":"2"}}}
            """));
        (await QueryAsync("pk = :p", """,  "Limit":2,"ExclusiveStartKey":{"pk":{"S":"p"},"sk":{"S":"2"}}""")).Json.Should().Be(
            """{"Items":[{"pk":{"S":"p"},"sk":{"S":"3"},"n":{"N":"3"}}],"Count":1,"ScannedCount":1}""");
        (await QueryAsync("pk = :p", ",\"Limit\":3")).Json.Should().EndWith("\"Count\":3,\"ScannedCount\":3}", "nothing comes after a page that the last item fills");
        (await QueryAsync("pk = :q")).Json.Should().Be("""{"Items":[],"Count":0,"ScannedCount":0}""");
    }

    [Fact]
    public async Task Items_that_a_filter_leaves_out_count_as_scanned()
    {
        await PutAsync("1", "2", "3");

        (await QueryAsync("pk = :p", ",\"FilterExpression\":\"n > :1\",\"ProjectionExpression\":\"#n\",\"Limit\":2")).Json.Should().Be(
            """{"Items":[{"n":{"N":"2"}}],"Count":1,"ScannedCount":2,"LastEvaluatedKey":{"pk":{"S":"p"},"sk":{"S":"2"}}}""");
    }

    [Theory]
    [InlineData("pk = :p", "1 2 2b 3 4")]
    [InlineData("pk = :p AND sk = :2", "2")]
    [InlineData("sk = :2 AND pk = :p", "2")]
    [InlineData(":2 <= sk AND :p = pk", "2 2b 3 4")]
    [InlineData("(pk = :p) AND (sk = :2)", "2")]
    [InlineData("pk = :p AND sk = :25", "")]
    [InlineData("pk = :p AND sk > :2", "2b 3 4")]
    [InlineData("pk = :p AND sk >= :2", "2 2b 3 4")]
    [InlineData("pk = :p AND sk > :25", "2b 3 4")]
    [InlineData("pk = :p AND sk < :2", "1")]
    [InlineData("pk = :p AND sk <= :2", "1 2")]
    [InlineData("pk = :p AND sk < :25", "1 2")]
    [InlineData("pk = :p AND sk BETWEEN :2 AND :3", "2 2b 3")]
    [InlineData("pk = :p AND sk BETWEEN :25 AND :3", "2b 3")]
    [InlineData("pk = :p AND begins_with(sk, :2)", "2 2b")]
    [InlineData("#pk = :p AND begins_with(#sk, :25)", "")]
    public async Task Bounds_hold_in_both_directions_and_across_pages(string condition, string keys)
    {
        await PutAsync("1", "2", "2b", "3", "4");

        (await KeysAsync(condition, ",\"ScanIndexForward\":true")).Should().Be(keys);
        (await KeysAsync(condition, ",\"ScanIndexForward\":false")).Should().Be(string.Join(' ', keys.Split(' ').Reverse()));
        (await KeysAsync(condition, ",\"Limit\":1")).Should().Be(keys);
        (await KeysAsync(condition, ",\"Limit\":2,\"ScanIndexForward\":false")).Should().Be(string.Join(' ', keys.Split(' ').Reverse()));
    }

    [Fact]
    public async Task A_page_may_have_a_thousand_items()
    {
        await PutAsync([.. Enumerable.Range(1000, 1001).Select(number => $"{number}")]);

        (await QueryAsync("pk = :p", ",\"ProjectionExpression\":\"nothing\"")).Json.Should().EndWith(
            "\"Count\":1000,\"ScannedCount\":1000,\"LastEvaluatedKey\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"1999\"}}}");
        (await QueryAsync("pk = :p", ",\"Limit\":5000,\"ProjectionExpression\":\"nothing\"")).Json.Should().Contain("\"Count\":1000,");
    }

    [Theory]
    [InlineData(300_000, 3)]
    [InlineData(400_000, 2)]
    public async Task A_page_has_at_most_a_megabyte(int bytes, int items)
    {
        foreach (var sk in new[] { "1", "2", "3", "4" })
        {
            await _endpoint.Table.PutIfAbsentAsync([Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"text":{"S":"{{{new string('x', bytes)}}}"}}""")]);
        }

        (await QueryAsync("pk = :p", ",\"ProjectionExpression\":\"nothing\"")).Json.Should().EndWith($$$$"""
            "Count":{{{{items}}}},"ScannedCount":{{{{items}}}},"LastEvaluatedKey":{"pk":{"S":"p"},"sk":{"S":"{{{{items}}}}"}}}
            """.Trim());
    }

    [Fact]
    public async Task An_item_that_takes_more_than_a_megabyte_as_JSON_is_a_page_of_its_own()
    {
        foreach (var sk in new[] { "1", "2" })
        {
            var text = string.Concat(Enumerable.Repeat("\\u0001", 300_000));
            await _endpoint.Table.PutIfAbsentAsync([Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"text":{"S":"{{{text}}}"}}""")]);
        }

        (await KeysAsync("pk = :p", ",\"ProjectionExpression\":\"sk\"")).Should().Be("1 2");
    }

    [Theory]
    [InlineData("sk = :2", "Query condition missed key schema element: pk")]
    [InlineData("n = :2 AND sk = :2", "Query condition missed key schema element: pk")]
    [InlineData("pk = :p AND n = :1", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("pk = :p AND n = :2", "Query condition missed key schema element: sk")]
    [InlineData("pk >= :p", "Query key condition not supported")]
    [InlineData("pk = :p AND sk > :2 AND sk < :3", "KeyConditionExpressions must only contain one condition per key")]
    [InlineData("pk = :p AND pk = :q", "KeyConditionExpressions must only contain one condition per key")]
    [InlineData("pk = :p OR sk = :2", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("pk <> :p", "Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("NOT pk = :p", "Invalid operator used in KeyConditionExpression: NOT")]
    [InlineData("pk IN (:p)", "Invalid operator used in KeyConditionExpression: IN")]
    [InlineData("pk = :p AND contains(sk, :2)", "Invalid operator used in KeyConditionExpression: contains")]
    [InlineData("attribute_exists(pk)", "Invalid operator used in KeyConditionExpression: attribute_exists")]
    [InlineData("size(pk) = :p", "KeyConditionExpressions cannot contain nested operations")]
    [InlineData("pk.a = :p", "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk")]
    [InlineData("pk = :empty", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk")]
    [InlineData("pk = :p AND sk = :empty", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: sk")]
    [InlineData("pk = :p AND sk BETWEEN :3 AND :2", "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:3}, upper bound operand: AttributeValue: {S:2}")]
    [InlineData("pk = :1", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("pk = sk", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("pk = :p AND sk BETWEEN :2 AND :1", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("", "Invalid KeyConditionExpression: The expression can not be empty;")]
    public async Task An_invalid_key_condition_is_refused(string condition, string message) =>
        (await QueryAsync(condition)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: {message}");

    [Theory]
    [InlineData(",\"Limit\":\"2\"", "SerializationException: Limit is of another type.")]
    [InlineData(",\"Limit\":1.5", "SerializationException: Limit is of another type.")]
    [InlineData(",\"Limit\":0", "ValidationException: 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData(",\"FilterExpression\":\"n\"", "ValidationException: Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"n\"")]
    [InlineData(",\"FilterExpression\":\"sk > :2\"", "ValidationException: Filter Expression can only contain non-primary key attributes: Primary key attribute: sk")]
    [InlineData(",\"FilterExpression\":\"n = :1 OR #pk = :2\"", "ValidationException: Filter Expression can only contain non-primary key attributes: Primary key attribute: pk")]
    [InlineData(",\"ProjectionExpression\":\"#none\"", "ValidationException: Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #none")]
    [InlineData(",\"ProjectionExpression\":\"!!! INVALID !!!\"", "ValidationException: Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"")]
    [InlineData(",\"ProjectionExpression\":\"n, n\"", "ValidationException: Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]")]
    [InlineData(",\"IndexName\":\"by-n\"", "ValidationException: The table does not have the specified index: by-n")]
    [InlineData(",\"ScanIndexForward\":\"false\"", "SerializationException: ScanIndexForward is of another type.")]
    [InlineData(",\"Select\":\"SPECIFIC_ATTRIBUTES\"", "ValidationException: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")]
    [InlineData(",\"Select\":\"COUNT\",\"ProjectionExpression\":\"n\"", "ValidationException: Cannot specify the ProjectionExpression when choosing to get only the Count")]
    [InlineData(",\"Select\":\"ALL_PROJECTED_ATTRIBUTES\"", "ValidationException: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")]
    [InlineData(",\"ExclusiveStartKey\":{\"pk\":{\"S\":\"p\"}}", "ValidationException: The provided key element does not match the schema")]
    [InlineData(",\"ExclusiveStartKey\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}", "ValidationException: The provided key element does not match the schema")]
    [InlineData(",\"ExclusiveStartKey\":{\"pk\":{\"S\":\"q\"},\"sk\":{\"S\":\"1\"}}", "ValidationException: The provided starting key is outside query boundaries based on provided conditions")]
    public async Task The_other_members_of_a_query_are_checked_too(string more, string refusal) =>
        (await QueryAsync("pk = :p", more)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#{refusal}");

    [Fact]
    public async Task A_count_has_no_items_and_attributes_may_be_selected_by_name()
    {
        await PutAsync("1", "2");

        (await QueryAsync("pk = :p", ",\"Select\":\"COUNT\",\"FilterExpression\":\"n > :1\"")).Json.Should().Be("""{"Count":1,"ScannedCount":2}""");
        (await QueryAsync("pk = :p", ",\"Select\":\"SPECIFIC_ATTRIBUTES\",\"ProjectionExpression\":\"n\",\"Limit\":1")).Json.Should().StartWith("""{"Items":[{"n":{"N":"1"}}],""");
        (await QueryAsync("pk = :p", ",\"Select\":\"ALL_ATTRIBUTES\",\"Limit\":1")).Json.Should().StartWith("""{"Items":[{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"1"}}],""");
    }

    private async Task PutAsync(params string[] keys) => await _endpoint.Table.PutIfAbsentAsync(
        [.. keys.Select((sk, i) => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"n":{"N":"{{{i + 1}}}"}}"""))]);

    private Task<EndpointResponse> QueryAsync(string condition, string more = "") => _endpoint.CallAsync("DynamoDB_20120810.Query", $$$$"""
        {"TableName":"events","KeyConditionExpression":"{{{{condition}}}}"{{{{more}}}}{{{{Placeholders.Of(condition + more, Names, Values)}}}}}
        """);

    /// <summary>The sort keys of all pages.</summary>
    private async Task<string> KeysAsync(string condition, string more)
    {
        var keys = new List<string>();
        string? next = null;
        do
        {
            var page = System.Text.Json.Nodes.JsonNode.Parse((await QueryAsync(condition, more + (next is null ? "" : $",\"ExclusiveStartKey\":{next}"))).Body)!;
            keys.AddRange(page["Items"]!.AsArray().Select(item => (string)item!["sk"]!["S"]!));
            next = page["LastEvaluatedKey"]?.ToJsonString();
        }
        while (next is not null);
        return string.Join(' ', keys);
    }
}
