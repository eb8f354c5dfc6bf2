namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>What DynamoDB stores of a value, and which values it refuses. Facts: nubo-db/dynamodb-conformance, tests/tier3/limits, which pass on DynamoDB; and DynamoDB Local 1.25.1.</summary>
public sealed class AttributeValueTests : IAsyncLifetime
{
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("5", "5")]
    [InlineData("00042", "42")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1.0", "1")]
    [InlineData("3.1400", "3.14")]
    [InlineData("1.5E2", "150")]
    [InlineData("1e5", "100000")]
    [InlineData("-0.0", "0")]
    [InlineData("-12.50e-1", "-1.25")]
    [InlineData("100", "100")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    [InlineData("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001")]
    [InlineData("1E-3", "0.001")]
    public async Task A_number_is_stored_without_exponent_and_without_zeros_that_mean_nothing(string number, string stored) =>
        (await StoreAsync($$"""{"N":"{{number}}"}""")).Should().Be($$"""{"N":"{{stored}}"}""");

    [Fact]
    public async Task The_largest_and_the_smallest_numbers_are_stored()
    {
        var nines = new string('9', 38);

        (await StoreAsync("""{"N":"9.9999999999999999999999999999999999999E+125"}""")).Should().Be($$"""{"N":"{{nines}}{{new string('0', 88)}}"}""");
        (await StoreAsync("""{"N":"-9.9999999999999999999999999999999999999E+125"}""")).Should().Be($$"""{"N":"-{{nines}}{{new string('0', 88)}}"}""");
        (await StoreAsync("""{"N":"1E-130"}""")).Should().Be($$"""{"N":"0.{{new string('0', 129)}}1"}""");
        (await StoreAsync("""{"NS":["9.9999999999999999999999999999999999999E+125","1E-130","0"]}""")).Should().Contain("\"0\"");
    }

    [Theory]
    [InlineData("""{"N":"123456789012345678901234567890123456789"}""", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("""{"N":"1.00000000000000000000000000000000000001"}""", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("""{"N":"1E+126"}""", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("""{"N":"-1E126"}""", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("""{"N":"1E99999999999999999999"}""", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("""{"N":"1E-131"}""", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("""{"N":"one"}""", "The parameter cannot be converted to a numeric value: one")]
    [InlineData("""{"N":""}""", "The parameter cannot be converted to a numeric value: ")]
    [InlineData("""{"N":" 1"}""", "The parameter cannot be converted to a numeric value:  1")]
    [InlineData("""{"N":"1e"}""", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("""{"N":"NaN"}""", "The parameter cannot be converted to a numeric value: NaN")]
    [InlineData("""{"SS":[]}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"NS":[]}""", "One or more parameter values were invalid: An number set  may not be empty")]
    [InlineData("""{"BS":[]}""", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("""{"M":{"inner":{"SS":[]}}}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"L":[{"SS":[]}]}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"SS":["a","a"]}""", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [InlineData("""{"NS":["1","1.0"]}""", "One or more parameter values were invalid: Input collection [1, 1] contains duplicates.")]
    [InlineData("""{"NULL":false}""", "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("""{"S":"a","N":"1"}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("{}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    public async Task A_value_that_DynamoDB_refuses_is_refused(string value, string message) =>
        (await PutAsync(value)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: {message}");

    [Theory]
    [InlineData("""{"S":""}""")]
    [InlineData("""{"B":""}""")]
    [InlineData("""{"L":[{"S":""},{"M":{"x":{"NULL":true}}}]}""")]
    public async Task Empty_texts_and_bytes_are_stored(string value) => (await StoreAsync(value)).Should().Be(value);

    [Fact]
    public async Task Values_may_be_nested_32_levels_with_the_item()
    {
        static string Nested(int levels) => string.Concat(Enumerable.Repeat("""{"M":{"a":""", levels)) + """{"S":"x"}""" + string.Concat(Enumerable.Repeat("}}", levels));

        (await StoreAsync(Nested(31))).Should().Be(Nested(31));
        (await PutAsync(Nested(32))).Refusal.Should().Be("400 com.amazonaws.dynamodb.v20120810#ValidationException: Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");
        (await _endpoint.CallAsync("DynamoDB_20120810.Scan", """{"TableName":"events","FilterExpression":"attribute_exists(x.a.a)"}""")).Json.Should().Contain("\"Count\":1,");
    }

    [Fact]
    public async Task Numbers_in_one_item_are_all_stored_in_the_same_form()
    {
        await _endpoint.CallAsync("DynamoDB_20120810.PutItem", """{"TableName":"events","Item":{"n":{"N":"1.0"},"pk":{"S":"p"},"l":{"L":[{"N":"007"},{"N":"7"}]},"sk":{"S":"1"},"s":{"NS":["2.50","1"]},"t":{"S":"1.0"},"e":{"N":"\u0031.0"}}}""");

        (await _endpoint.CallAsync("DynamoDB_20120810.GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}}}""")).Json.Should().Be(
            """{"Item":{"n":{"N":"1"},"pk":{"S":"p"},"l":{"L":[{"N":"7"},{"N":"7"}]},"sk":{"S":"1"},"s":{"NS":["2.5","1"]},"t":{"S":"1.0"},"e":{"N":"1"}}}""");
    }

    [Fact]
    public async Task Parts_of_an_item_are_read_by_their_paths()
    {
        await PutAsync("""{"M":{"a":{"N":"1"},"l":{"L":[{"S":"q"},{"M":{"d":{"S":"deep"},"e":{"S":"other"}}}]},"z":{"S":"z"}}}""");
        async Task<string> ReadAsync(string paths) => (await _endpoint.CallAsync("DynamoDB_20120810.GetItem", $$$"""{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"ProjectionExpression":"{{{paths}}}"}""")).Json;

        (await ReadAsync("x.a, x.l[1].d")).Should().Be("""{"Item":{"x":{"M":{"a":{"N":"1"},"l":{"L":[{"M":{"d":{"S":"deep"}}}]}}}}}""");
        (await ReadAsync("x.l[1], x.l[0]")).Should().Be("""{"Item":{"x":{"M":{"l":{"L":[{"S":"q"},{"M":{"d":{"S":"deep"},"e":{"S":"other"}}}]}}}}}""");
        (await ReadAsync("x.l[9], x.nothing, x.a.b, x[0]")).Should().Be("""{"Item":{}}""");
        (await ReadAsync("x.l[0], x.l")).Should().Contain("Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x, l, [0]], path two: [x, l]");
    }

    private Task<EndpointResponse> PutAsync(string value) => _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$$"""{"TableName":"events","Item":{"pk":{"S":"p"},"sk":{"S":"1"},"x":{{{value}}}}}""");

    private async Task<string> StoreAsync(string value)
    {
        (await PutAsync(value)).Json.Should().Be("{}");
        var item = System.Text.Json.Nodes.JsonNode.Parse((await _endpoint.CallAsync("DynamoDB_20120810.GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}}}""")).Body, documentOptions: new JsonDocumentOptions { MaxDepth = 100 })!;
        return item["Item"]!["x"]!.ToJsonString();
    }
}
