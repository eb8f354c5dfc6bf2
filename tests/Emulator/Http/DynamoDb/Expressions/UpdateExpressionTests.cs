namespace DataToEvents.Emulator.Tests.Http.DynamoDb.Expressions;

/// <summary>Update expressions, tested on one item.</summary>
public sealed class UpdateExpressionTests : IAsyncLifetime
{
    private const string Before = """{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"}}""";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        await _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$"""{"TableName":"events","Item":{{Before}}}""");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("SET n = :1", """ "n":{"N":"1"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("set #n=:1", """ "n":{"N":"1"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = :t", """ "n":{"S":"y"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = n + :1", """ "n":{"N":"6"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = n - :1", """ "n":{"N":"4"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = n + m", """ "n":{"N":"7"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = m - n", """ "n":{"N":"-3"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = :h + n", """ "n":{"N":"6.5"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = m, m = n", """ "n":{"N":"2"},"m":{"N":"5"},"t":{"S":"x"} """)]
    [InlineData("SET c = t", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"},"c":{"S":"x"} """)]
    [InlineData("SET c = if_not_exists(c, :1)", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"},"c":{"N":"1"} """)]
    [InlineData("SET n = if_not_exists(n, :1)", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET n = if_not_exists(n, :1) + :1", """ "n":{"N":"6"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("SET c = if_not_exists(c, n) + if_not_exists(#n, :1)", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"},"c":{"N":"10"} """)]
    [InlineData("ADD n :1", """ "n":{"N":"6"},"m":{"N":"2"},"t":{"S":"x"} """)]
    [InlineData("ADD c :h", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"},"c":{"N":"1.5"} """)]
    [InlineData("ADD n :1, m :h", """ "n":{"N":"6"},"m":{"N":"3.5"},"t":{"S":"x"} """)]
    [InlineData("REMOVE t", """ "n":{"N":"5"},"m":{"N":"2"} """)]
    [InlineData("REMOVE m, t, none", """ "n":{"N":"5"} """)]
    [InlineData("SET n = :1 ADD m :1 REMOVE t", """ "n":{"N":"1"},"m":{"N":"3"} """)]
    [InlineData("", """ "n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"} """)]
    public async Task An_update_computes_new_values_from_the_item_before_it(string expression, string after)
    {
        var item = EndpointResponse.Compact($$"""{"pk":{"S":"p"},"sk":{"S":"1"},{{after}}}""");

        (await UpdateAsync(expression, "ALL_NEW")).Json.Should().Be($$"""{"Attributes":{{item}}}""");
        (await ItemAsync()).Json.Should().Be($$"""{"Item":{{item}}}""");
    }

    [Theory]
    [InlineData("DELETE n :1", "Invalid expression: Syntax error; token: \"DELETE\", in: \"DELETE n :1\"")]
    [InlineData("n = :1", "Invalid expression: Syntax error; token: \"n\", in: \"n = :1\"")]
    [InlineData("SET n :1", "Invalid expression: Syntax error; token: \":1\", in: \"SET n :1\"")]
    [InlineData("SET n =", "Invalid expression: Syntax error; token: <EOF>, in: \"SET n =\"")]
    [InlineData("SET n = n +", "Invalid expression: Syntax error; token: <EOF>, in: \"SET n = n +\"")]
    [InlineData("SET n = :1,", "Invalid expression: Syntax error; token: <EOF>, in: \"SET n = :1,\"")]
    [InlineData("SET n = :1 :1", "Invalid expression: Syntax error; token: \":1\", in: \"SET n = :1 :1\"")]
    [InlineData("SET n = n * :1", "Invalid expression: Syntax error; token: \"*\", in: \"SET n = n * :1\"")]
    [InlineData("SET n = if_not_exists n, :1)", "Invalid expression: Syntax error; token: \"n\", in: \"SET n = if_not_exists n, :1)\"")]
    [InlineData("SET n = if_not_exists(n :1)", "Invalid expression: Syntax error; token: \":1\", in: \"SET n = if_not_exists(n :1)\"")]
    [InlineData("SET n = if_not_exists(n, :1", "Invalid expression: Syntax error; token: <EOF>, in: \"SET n = if_not_exists(n, :1\"")]
    [InlineData("ADD n n", "Invalid expression: An expression attribute value used in the document path is not defined; attribute value: n")]
    [InlineData("SET n = none", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = none + :1", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = if_not_exists(none, none)", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = t + :1", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET n = n - t", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET n = n + :word", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD t :1", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD n :t", "An operand in the update expression has an incorrect data type")]
    [InlineData("REMOVE pk", "One or more parameter values were invalid: Missing the key pk in the item")]
    public async Task An_invalid_update_is_refused_and_changes_nothing(string expression, string message)
    {
        (await UpdateAsync(expression, "NONE")).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: {message}");
        (await ItemAsync()).Json.Should().Be($$"""{"Item":{{Before}}}""");
    }

    [Fact]
    public async Task An_update_of_a_missing_item_creates_it_with_its_key()
    {
        var answer = await _endpoint.CallAsync("DynamoDB_20120810.UpdateItem", """
            {"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"new"}},"UpdateExpression":"ADD n :1","ExpressionAttributeValues":{":1":{"N":"1"}},"ReturnValues":"ALL_NEW"}
            """);

        answer.Json.Should().Be("""{"Attributes":{"pk":{"S":"p"},"sk":{"S":"new"},"n":{"N":"1"}}}""");
    }

    [Fact]
    public async Task An_update_without_an_expression_creates_a_missing_item() =>
        (await _endpoint.CallAsync("DynamoDB_20120810.UpdateItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"new"}},"ReturnValues":"ALL_NEW"}"""))
            .Json.Should().Be("""{"Attributes":{"pk":{"S":"p"},"sk":{"S":"new"}}}""");

    private Task<EndpointResponse> UpdateAsync(string expression, string returned) => _endpoint.CallAsync("DynamoDB_20120810.UpdateItem", $$$$"""
        {
            "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"UpdateExpression":"{{{{expression}}}}","ReturnValues":"{{{{returned}}}}","ExpressionAttributeNames":{"#n":"n"},
            "ExpressionAttributeValues":{":1":{"N":"1"},":h":{"N":"1.5"},":t":{"S":"y"},":word":{"N":"one"}}
        }
        """);

    private Task<EndpointResponse> ItemAsync() => _endpoint.CallAsync("DynamoDB_20120810.GetItem", """{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}}}""");
}
