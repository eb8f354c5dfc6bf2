namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Scan: the whole table or a segment of it, with a filter, a page at a time.</summary>
public sealed class TableScanTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#ValidationException: ";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_page_ends_with_the_key_of_its_last_item_and_the_next_begins_after_it()
    {
        await PutAsync(("b", "1"), ("a", "2"), ("a", "1"));

        (await ScanAsync("\"Limit\":2")).Json.Should().Be(EndpointResponse.Compact("""
            {"Items":[{"pk":{"S":"a"},"sk":{"S":"1"},"n":{"N":"3"}},{"pk":{"S":"a"},"sk":{"S":"2"},"n":{"N":"2"}}],"Count":2,"ScannedCount":2,"LastEvaluatedKey":{"pk":{"S":"a"},"sk":{"S":"2"}}}
            """));
        (await ScanAsync(""" "Limit":2,"ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"S":"2"}} """)).Json.Should().Be("""{"Items":[{"pk":{"S":"b"},"sk":{"S":"1"},"n":{"N":"1"}}],"Count":1,"ScannedCount":1}""");
        (await ScanAsync("\"Limit\":3")).Json.Should().EndWith("\"Count\":3,\"ScannedCount\":3}", "nothing comes after a page that the last item fills");
        (await ScanAsync("\"Select\":\"COUNT\"")).Json.Should().Be("""{"Count":3,"ScannedCount":3}""");
    }

    [Fact]
    public async Task A_scan_may_begin_after_a_key_that_no_item_has()
    {
        await PutAsync(("a", "1"), ("a", "3"), ("c", "1"));

        (await ScanAsync(""" "ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"S":"2"}},"Select":"COUNT" """)).Json.Should().Be("""{"Count":2,"ScannedCount":2}""");
        (await ScanAsync(""" "ExclusiveStartKey":{"pk":{"S":"b"},"sk":{"S":"9"}},"ProjectionExpression":"pk" """)).Json.Should().StartWith("""{"Items":[{"pk":{"S":"c"}}],""");
    }

    [Fact]
    public async Task Items_that_a_filter_leaves_out_count_as_scanned()
    {
        await PutAsync(("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"));

        (await ScanAsync(""" "FilterExpression":"n > :2","ProjectionExpression":"#n","ExpressionAttributeNames":{"#n":"n"},"ExpressionAttributeValues":{":2":{"N":"2"}},"Limit":3 """)).Json.Should().Be(
            """{"Items":[{"n":{"N":"3"}}],"Count":1,"ScannedCount":3,"LastEvaluatedKey":{"pk":{"S":"b"},"sk":{"S":"1"}}}""");
        (await ScanAsync(""" "FilterExpression":"begins_with(pk, :b) AND n < :2","ExpressionAttributeValues":{":2":{"N":"2"},":b":{"S":"b"}} """)).Json.Should().Be(
            """{"Items":[],"Count":0,"ScannedCount":4}""", "a scan may filter by keys, a query may not");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(7, 1000)]
    public async Task Segments_hold_each_item_once_together(int segments, int limit)
    {
        await PutAsync([.. Enumerable.Range(0, 60).Select(number => ($"p{number / 2}", $"{number}"))]);

        var keys = new List<string>();
        for (var segment = 0; segment < segments; segment++)
        {
            string? next = null;
            do
            {
                var more = next is null ? "" : $",\"ExclusiveStartKey\":{next}";
                var page = JsonNode.Parse((await ScanAsync($"\"Segment\":{segment},\"TotalSegments\":{segments},\"Limit\":{limit}{more}")).Body)!;
                keys.AddRange(page["Items"]!.AsArray().Select(item => (string)item!["sk"]!["S"]!));
                next = page["LastEvaluatedKey"]?.ToJsonString();
            }
            while (next is not null);
        }

        keys.Should().BeEquivalentTo(Enumerable.Range(0, 60).Select(number => $"{number}"));
    }

    [Fact]
    public async Task All_items_of_a_partition_are_in_one_segment()
    {
        await PutAsync([.. Enumerable.Range(0, 20).Select(number => ("p", $"{number}"))]);

        var counts = new List<int>();
        foreach (var segment in Enumerable.Range(0, 4))
        {
            counts.Add((int)JsonNode.Parse((await ScanAsync($"\"Segment\":{segment},\"TotalSegments\":4,\"Select\":\"COUNT\"")).Body)!["Count"]!);
        }

        counts.Order().Should().Equal(0, 0, 0, 20);
    }

    [Fact]
    public async Task A_page_has_at_most_a_thousand_items_and_a_megabyte()
    {
        await PutAsync([.. Enumerable.Range(1000, 1001).Select(number => ("p", $"{number}"))]);
        (await ScanAsync("\"Select\":\"COUNT\"")).Json.Should().Be("""{"Count":1000,"ScannedCount":1000,"LastEvaluatedKey":{"pk":{"S":"p"},"sk":{"S":"1999"}}}""");

        await _endpoint.Counts.PutIfAbsentAsync([.. Enumerable.Range(0, 4).Select(sk => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"p"},"sk":{"S":"{{{sk}}}"},"text":{"S":"{{{new string('x', 300_000)}}}"}}"""))]);
        (await _endpoint.CallAsync("DynamoDB_20120810.Scan", """{"TableName":"counts","Select":"COUNT"}""")).Json.Should().Be("""{"Count":3,"ScannedCount":3,"LastEvaluatedKey":{"pk":{"S":"p"},"sk":{"S":"2"}}}""");
    }

    // Wording of the segments: nubo-db/dynamodb-conformance, tests/tier3/error-messages/scan.test.ts, which passes on DynamoDB.
    [Theory]
    [InlineData("\"Segment\":0", "The TotalSegments parameter is required but was not present in the request when Segment parameter is present")]
    [InlineData("\"TotalSegments\":4", "The Segment parameter is required but was not present in the request when parameter TotalSegments is present")]
    [InlineData("\"Segment\":5,\"TotalSegments\":5", "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5")]
    [InlineData("\"Segment\":-1,\"TotalSegments\":5", "1 validation error detected: Value at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData("\"Segment\":0,\"TotalSegments\":0", "1 validation error detected: Value at 'totalSegments' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("\"Segment\":0,\"TotalSegments\":1000001", "1 validation error detected: Value at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000")]
    [InlineData("\"Limit\":0", "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("\"Select\":\"INVALID\"", "1 validation error detected: Value 'INVALID' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]")]
    [InlineData("\"Select\":\"SPECIFIC_ATTRIBUTES\"", "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")]
    [InlineData("\"Select\":\"ALL_ATTRIBUTES\",\"ProjectionExpression\":\"n\"", "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES")]
    [InlineData("\"IndexName\":\"by-n\"", "The table does not have the specified index: by-n")]
    [InlineData("\"ExclusiveStartKey\":{}", "The provided key element does not match the schema")]
    [InlineData("\"ExclusiveStartKey\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"N\":\"1\"}}", "The provided key element does not match the schema")]
    [InlineData("\"FilterExpression\":\"n\"", "Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"n\"")]
    [InlineData("\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}", "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null")]
    public async Task An_invalid_scan_is_refused(string members, string message) => (await ScanAsync(members)).Refusal.Should().Be(Error + message);

    [Fact]
    public async Task A_key_of_another_segment_is_refused()
    {
        var refusals = new List<bool>();
        foreach (var segment in Enumerable.Range(0, 2))
        {
            refusals.Add((await ScanAsync($$$"""  "Segment":{{{segment}}},"TotalSegments":2,"ExclusiveStartKey":{"pk":{"S":"p"},"sk":{"S":"1"}}""")).Status == 400);
        }

        refusals.Should().BeEquivalentTo([true, false]);
    }

    private Task<EndpointResponse> ScanAsync(string members) => _endpoint.CallAsync("DynamoDB_20120810.Scan", $$"""{"TableName":"events",{{members}}}""");

    private async Task PutAsync(params (string Pk, string Sk)[] keys) => await _endpoint.Table.PutIfAbsentAsync(
        [.. keys.Select((key, i) => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"{{{key.Pk}}}"},"sk":{"S":"{{{key.Sk}}}"},"n":{"N":"{{{i + 1}}}"}}"""))]);
}
