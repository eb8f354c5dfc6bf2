namespace DataToEvents.Emulator.Tests.Http.DynamoDb.Expressions;

/// <summary>Condition expressions, tested on one item.</summary>
public sealed class ConditionExpressionTests : IAsyncLifetime
{
    private const string Item = """
        {"pk":{"S":"p"},"sk":{"S":"1"},"a":{"N":"5"},"s":{"S":"abc"},"b":{"B":"AQI="},"t":{"BOOL":true},"l":{"L":[{"N":"1"},{"NULL":true}]},"_x":{"S":"x"}}
        """;

    private const string Scope = """
        "ExpressionAttributeNames":{"#a":"a","#none":"none","#bad":5},
        "ExpressionAttributeValues":{
            ":4":{"N":"4"},":5":{"N":"5"},":6":{"N":"6"},":40":{"N":"40"},":ab":{"S":"ab"},":abc":{"S":"abc"},":abd":{"S":"abd"},":x":{"S":"x"},
            ":b":{"B":"AQI="},":c":{"B":"AQM="},":t":{"BOOL":true},":f":{"BOOL":false},":l":{"L":[{"N":"1"},{"NULL":true}]},":k":{"L":[{"N":"1"}]},":empty":{},":text":"5"}
        """;

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        await _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$"""{"TableName":"events","Item":{{Item}}}""");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("comparisons of numbers", "a = :5|#a = :5|a=:5|a <> :6|a<>:6|a < :6|a<:6|a < :40|a <= :5|a<=:6|a > :4|a>:4|a >= :5|a>=:4|:5 = a|:4 < :5")]
    [InlineData("comparisons of texts", "s = :abc|s <> :abd|s < :abd|s > :ab|s <= :abc|s >= :abc|_x = :x")]
    [InlineData("comparisons of other values", "b = :b|b <> :c|b < :c|:c > b|t = :t|t <> :f|l = :l|l <> :k")]
    [InlineData("values of two types differ and have no order", "s <> :5|a <> :abc|NOT s < :5|NOT s > :5|NOT s <= :5|NOT s >= :5|NOT s = :5|NOT t < :f|NOT t >= :t")]
    [InlineData("what is missing differs from everything and compares with nothing", "none <> :5|#none <> :5|NOT none = :5|NOT none < :5|NOT none > :5|NOT none = none|:5 <> none")]
    [InlineData("BETWEEN takes in its bounds", "a BETWEEN :4 AND :6|a BETWEEN :5 AND :5|a BETWEEN :4 AND :5|NOT a BETWEEN :4 AND :4|NOT a BETWEEN :6 AND :40|NOT none BETWEEN :4 AND :6|:5 BETWEEN :4 AND a")]
    [InlineData("functions", "attribute_exists(a)|attribute_exists(#a)|NOT attribute_exists(none)|attribute_not_exists(none)|NOT attribute_not_exists(a)|begins_with(s, :ab)|begins_with(s,:abc)|begins_with(:abc, s)")]
    [InlineData("only texts begin with texts", "NOT begins_with(s, :abd)|NOT begins_with(none, :ab)|NOT begins_with(a, :ab)|NOT begins_with(s, :5)|NOT begins_with(s, none)")]
    [InlineData("NOT binds closer than AND", "NOT a = :6 AND s = :abc|NOT NOT a = :5|NOT (a = :5 AND a = :6)|a = :5 AND NOT a = :6")]
    [InlineData("AND binds closer than OR", "a = :5 OR a = :6 AND a = :4|a = :6 AND a = :4 OR a = :5|a = :6 OR a = :4 OR a = :5|NOT (a = :5 OR a = :6) OR a = :5")]
    [InlineData("parentheses", "(a = :5)|((a = :5))|( a=:5 )AND( s=:abc )|NOT ((a = :5 OR a = :6) AND a = :4)|(a = :4 OR (a = :5 AND s = :abc))")]
    [InlineData("keywords in any case", "not a = :6 and s = :abc|a Between :4 and :6|a = :6 or a = :5|Attribute_Exists(a)")]
    public async Task A_condition_that_holds_allows_a_write_and_its_negation_does_not(string why, string conditions)
    {
        foreach (var condition in conditions.Split('|'))
        {
            (await CheckAsync(condition)).Json.Should().Be("{}", "{0}: {1}", why, condition);
            (await CheckAsync($"NOT ({condition})")).Status.Should().Be(400, "{0}: {1}", why, condition);
        }
    }

    [Theory]
    [InlineData("", "Syntax error; token: <EOF>, in: \"\"")]
    [InlineData("a", "Syntax error; token: <EOF>, in: \"a\"")]
    [InlineData("a =", "Syntax error; token: <EOF>, in: \"a =\"")]
    [InlineData("a = :5 s", "Syntax error; token: \"s\", in: \"a = :5 s\"")]
    [InlineData("a = :5)", "Syntax error; token: \")\", in: \"a = :5)\"")]
    [InlineData("(a = :5", "Syntax error; token: <EOF>, in: \"(a = :5\"")]
    [InlineData("a ! :5", "Syntax error; token: \"!\", in: \"a ! :5\"")]
    [InlineData("a == :5", "An expression attribute name used in the document path is not defined; attribute name: =")]
    [InlineData("a :5", "Syntax error; token: \":5\", in: \"a :5\"")]
    [InlineData("a = :5 AND", "Syntax error; token: <EOF>, in: \"a = :5 AND\"")]
    [InlineData("attribute_exists a", "Syntax error; token: \"a\", in: \"attribute_exists a\"")]
    [InlineData("attribute_exists(a", "Syntax error; token: <EOF>, in: \"attribute_exists(a\"")]
    [InlineData("attribute_exists(a b)", "Syntax error; token: \"b\", in: \"attribute_exists(a b)\"")]
    [InlineData("attribute_not_exists a", "Syntax error; token: \"a\", in: \"attribute_not_exists a\"")]
    [InlineData("begins_with s, :ab)", "Syntax error; token: \"s\", in: \"begins_with s, :ab)\"")]
    [InlineData("begins_with(s :ab)", "Syntax error; token: \":ab\", in: \"begins_with(s :ab)\"")]
    [InlineData("begins_with(s, :ab", "Syntax error; token: <EOF>, in: \"begins_with(s, :ab\"")]
    [InlineData("a BETWEEN :4 OR :5", "Syntax error; token: \"OR\", in: \"a BETWEEN :4 OR :5\"")]
    [InlineData("a = :none", "An expression attribute value used in the document path is not defined; attribute value: :none")]
    [InlineData("#undefined = :5", "An expression attribute name used in the document path is not defined; attribute name: #undefined")]
    [InlineData("#bad = :5", "An expression attribute name used in the document path is not defined; attribute name: #bad")]
    [InlineData("5 = :5", "An expression attribute name used in the document path is not defined; attribute name: 5")]
    [InlineData("attribute_exists(:5)", "An expression attribute name used in the document path is not defined; attribute name: :5")]
    public async Task An_invalid_condition_is_refused_with_the_token(string condition, string message) =>
        (await CheckAsync(condition)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: Invalid expression: {message}");

    [Theory]
    [InlineData("a = :empty", "ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("a = :text", "ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    public async Task An_invalid_value_is_refused(string condition, string message) =>
        (await CheckAsync(condition)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#{message}");

    [Theory]
    [InlineData("NOT ")]
    [InlineData("(")]
    public async Task A_condition_may_be_nested_300_levels_and_no_deeper(string level)
    {
        string Nested(int levels) => string.Concat(Enumerable.Repeat(level, levels)) + "a = :5" + new string(')', level == "(" ? levels : 0);

        (await CheckAsync(Nested(300))).Json.Should().Be("{}");
        (await CheckAsync(Nested(301))).Refusal.Should().Be("400 com.amazonaws.dynamodb.v20120810#ValidationException: Invalid expression: it is nested deeper than 300 levels");
        (await CheckAsync($"{Nested(200)} AND {Nested(200)}")).Json.Should().Be("{}", "each of the two is within the limit");
    }

    /// <summary>A transaction that changes nothing.</summary>
    private Task<EndpointResponse> CheckAsync(string condition) => _endpoint.CallAsync(
        "DynamoDB_20120810.TransactWriteItems",
        $$$"""{"TransactItems":[{"ConditionCheck":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"ConditionExpression":"{{{condition}}}",{{{Scope}}}}}]}""");
}
