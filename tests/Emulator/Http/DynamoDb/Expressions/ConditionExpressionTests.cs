namespace DataToEvents.Emulator.Tests.Http.DynamoDb.Expressions;

/// <summary>Condition expressions, tested on one item.</summary>
public sealed class ConditionExpressionTests : IAsyncLifetime
{
    private const string Item = """
        {
            "pk":{"S":"p"},"sk":{"S":"1"},"a":{"N":"5.0"},"s":{"S":"abc"},"b":{"B":"AQI="},"t":{"BOOL":true},"l":{"L":[{"N":"1"},{"NULL":true}]},"_x":{"S":"x"},
            "ss":{"SS":["a","b"]},"m":{"M":{"n":{"N":"1"},"parts":{"L":[{"S":"abc"},{"M":{"deep":{"N":"5"}}}]}}}
        }
        """;

    private const string Names = """{"#a":"a","#none":"absent","#bad":5,"#x":"_x"}""";

    private const string Values = """
        {
            ":4":{"N":"4"},":5":{"N":"5"},":6":{"N":"6"},":40":{"N":"40"},":ab":{"S":"ab"},":abc":{"S":"abc"},":abd":{"S":"abd"},":x":{"S":"x"},":1":{"N":"1"},":2":{"N":"2"},":3":{"N":"3"},
            ":b":{"B":"AQI="},":c":{"B":"AQM="},":t":{"BOOL":true},":f":{"BOOL":false},":l":{"L":[{"N":"1"},{"NULL":true}]},":k":{"L":[{"N":"1"}]},":empty":{},":text":"5",
            ":start":{"B":"AQ=="},":set":{"SS":["b","a"]},":null":{"NULL":true},":S":{"S":"S"},":N":{"S":"N"},":M":{"S":"M"},":word":{"N":"one"},":two":{"S":"a","N":"1"},":nowhere":{"S":"nowhere"}
        }
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
    [InlineData("comparisons of texts", "s = :abc|s <> :abd|s < :abd|s > :ab|s <= :abc|s >= :abc|#x = :x")]
    [InlineData("comparisons of other values", "b = :b|b <> :c|b < :c|:c > b|t = :t|t <> :f|l = :l|l <> :k")]
    [InlineData("values of two types differ and have no order", "s <> :5|a <> :abc|NOT s < :5|NOT s > :5|NOT s <= :5|NOT s >= :5|NOT s = :5|NOT t < :5|NOT t >= :5")]
    [InlineData("what is missing differs from everything and compares with nothing", "absent <> :5|#none <> :5|NOT absent = :5|NOT absent < :5|NOT absent > :5|:5 <> absent")]
    [InlineData("BETWEEN takes in its bounds", "a BETWEEN :4 AND :6|a BETWEEN :5 AND :5|a BETWEEN :4 AND :5|NOT a BETWEEN :4 AND :4|NOT a BETWEEN :6 AND :40|NOT absent BETWEEN :4 AND :6|:5 BETWEEN :4 AND a")]
    [InlineData("functions", "attribute_exists(a)|attribute_exists(#a)|NOT attribute_exists(absent)|attribute_not_exists(absent)|NOT attribute_not_exists(a)|begins_with(s, :ab)|begins_with(s,:abc)|begins_with(:abc, s)")]
    [InlineData("texts begin with texts, and bytes with bytes", "begins_with(b, :start)|NOT begins_with(b, :ab)|NOT begins_with(s, :start)|NOT begins_with(s, :abd)|NOT begins_with(absent, :ab)|NOT begins_with(a, :ab)|NOT begins_with(s, absent)")]
    [InlineData("IN", "a IN (:5)|a IN (:4, :5)|NOT a IN (:4, :6)|NOT absent IN (:4)|:5 IN (a)|s IN (:5, :abc)")]
    [InlineData("contains", "contains(s, :ab)|contains(ss, :x) OR contains(ss, m.parts[0]) OR NOT contains(ss, :abd)|contains(l, :null)|contains(l, :1)|NOT contains(l, :2)|NOT contains(a, :x)|NOT contains(absent, :x)|contains(:abc, s)")]
    [InlineData("size", "size(s) = :3|size(b) = :2|size(ss) = :2|size(l) = :2|size(m) = :2|size(m.parts) < :3|NOT size(a) = :1|NOT size(absent) = :1|a > size(s)|size(s) BETWEEN :2 AND :4|size(:ab) = :2")]
    [InlineData("attribute_type", "attribute_type(s, :S)|NOT attribute_type(s, :N)|attribute_type(m, :M)|attribute_type(m.n, :N)|NOT attribute_type(absent, :S)")]
    [InlineData("paths into documents", "m.n = :1|m.parts[0] = :abc|m.parts[1].deep = :5|l[0] = m.n|attribute_exists(m.parts[1])|attribute_not_exists(m.parts[2])|attribute_not_exists(m.absent.deeper)|attribute_not_exists(a.b)|attribute_not_exists(m[0])")]
    [InlineData("sets are equal in any order", "ss = :set|NOT ss <> :set")]
    [InlineData("NOT binds closer than AND", "NOT a = :6 AND s = :abc|NOT NOT a = :5|NOT (a = :5 AND a = :6)|a = :5 AND NOT a = :6")]
    [InlineData("AND binds closer than OR", "a = :5 OR a = :6 AND a = :4|a = :6 AND a = :4 OR a = :5|a = :6 OR a = :4 OR a = :5|NOT (a = :5 OR a = :6) OR a = :5")]
    [InlineData("parentheses", "(a = :5)|( a=:5 )AND( s=:abc )|NOT ((a = :5 OR a = :6) AND a = :4)|(a = :4 OR (a = :5 AND s = :abc))")]
    [InlineData("keywords in any case", "not a = :6 and s = :abc|a Between :4 and :6|a = :6 or a = :5|a in (:5)")]
    public async Task A_condition_that_holds_allows_a_write_and_its_negation_does_not(string why, string conditions)
    {
        foreach (var condition in conditions.Split('|'))
        {
            (await CheckAsync(condition)).Json.Should().Be("{}", "{0}: {1}", why, condition);
            (await CheckAsync($"NOT ({condition})")).Status.Should().Be(400, "{0}: {1}", why, condition);
        }
    }

    // DynamoDB Local 1.25.1 gives the same answers, but without the words "it is nested deeper".
    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("a", "Syntax error; token: \"<EOF>\", near: \"a\"")]
    [InlineData("a =", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("a = :5 s", "Syntax error; token: \"s\", near: \":5 s\"")]
    [InlineData("a = :5)", "Syntax error; token: \")\", near: \":5)\"")]
    [InlineData("(a = :5", "Syntax error; token: \"<EOF>\", near: \":5\"")]
    [InlineData("a ! :5", "Syntax error; token: \"!\", near: \"a ! :5\"")]
    [InlineData("a == :5", "Syntax error; token: \"=\", near: \"== :5\"")]
    [InlineData("a :5", "Syntax error; token: \":5\", near: \"a :5\"")]
    [InlineData("a = :5 AND", "Syntax error; token: \"<EOF>\", near: \"AND\"")]
    [InlineData("attribute_exists a", "Syntax error; token: \"a\", near: \"attribute_exists a\"")]
    [InlineData("attribute_exists(a", "Syntax error; token: \"<EOF>\", near: \"a\"")]
    [InlineData("attribute_exists(a b)", "Syntax error; token: \"b\", near: \"a b)\"")]
    [InlineData("begins_with(s :ab)", "Syntax error; token: \":ab\", near: \"s :ab)\"")]
    [InlineData("begins_with(s, :ab", "Syntax error; token: \"<EOF>\", near: \":ab\"")]
    [InlineData("a BETWEEN :4 OR :5", "Syntax error; token: \"OR\", near: \":4 OR :5\"")]
    [InlineData("a IN ()", "Syntax error; token: \")\", near: \"()\"")]
    [InlineData("l[x] = :5", "Syntax error; token: \"x\", near: \"[x]\"")]
    [InlineData("5 = :5", "Syntax error; token: \"5\", near: \"5 =\"")]
    [InlineData("_x = :5", "Syntax error; token: \"_\", near: \"_x\"")]
    [InlineData("a = :none", "An expression attribute value used in expression is not defined; attribute value: :none")]
    [InlineData("#undefined = :5", "An expression attribute name used in the document path is not defined; attribute name: #undefined")]
    [InlineData("#bad = :5", "An expression attribute name used in the document path is not defined; attribute name: #bad")]
    [InlineData("attribute_exists(:5)", "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("begins_with(s, :5)", "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("t < :f", "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL")]
    [InlineData("a < :l", "Incorrect operand type for operator or function; operator or function: <, operand type: L")]
    [InlineData("a BETWEEN :6 AND :4", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:4}")]
    [InlineData("a = a", "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]")]
    [InlineData("contains(m.n, m.n)", "The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [m, n]")]
    [InlineData("status = :5", "Attribute name is a reserved keyword; reserved keyword: status")]
    [InlineData("m.Name = :5", "Attribute name is a reserved keyword; reserved keyword: Name")]
    [InlineData("Attribute_Exists(a)", "Invalid function name; function: Attribute_Exists")]
    [InlineData("foo(a)", "Invalid function name; function: foo")]
    [InlineData("list_append(a, :l)", "The function is not allowed in a condition expression; function: list_append")]
    [InlineData("size(s)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("attribute_type(s, :nowhere)", "Invalid attribute type name found; valid types: {S,N,B,BOOL,NULL,SS,NS,BS,L,M}")]
    [InlineData("((a = :5))", "The expression has redundant parentheses;")]
    [InlineData("(((a = :5) OR a = :6))", "The expression has redundant parentheses;")]
    public async Task An_invalid_condition_is_refused_with_what_is_wrong(string condition, string message) =>
        (await CheckAsync(condition)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: Invalid ConditionExpression: {message}");

    [Theory]
    [InlineData("a = :empty", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :empty")]
    [InlineData("a = :text", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :text")]
    [InlineData("a = :word", "The parameter cannot be converted to a numeric value: one for key :word")]
    [InlineData("a = :two", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes for key :two")]
    public async Task An_invalid_value_is_refused(string condition, string message) =>
        (await CheckAsync(condition)).Refusal.Should().Be($"400 com.amazonaws.dynamodb.v20120810#ValidationException: ExpressionAttributeValues contains invalid value: {message}");

    [Fact]
    public async Task A_condition_may_be_nested_300_levels_and_no_deeper()
    {
        static string Nested(int levels) => string.Concat(Enumerable.Repeat("NOT (", levels / 2)) + (levels % 2 == 1 ? "NOT " : "") + "a = :5" + new string(')', levels / 2);

        (await CheckAsync(Nested(300))).Json.Should().Be("{}");
        (await CheckAsync(Nested(301))).Refusal.Should().Be("400 com.amazonaws.dynamodb.v20120810#ValidationException: Invalid ConditionExpression: The expression is nested deeper than 300 levels");
        (await CheckAsync(string.Concat(Enumerable.Repeat("size(", 100_000)))).Refusal.Should().EndWith("The function is not allowed to be used this way in an expression; function: size");
        (await CheckAsync(new string('(', 100_000))).Refusal.Should().EndWith("The expression is nested deeper than 300 levels");
        (await CheckAsync($"{Nested(200)} AND {Nested(200)}")).Json.Should().Be("{}", "each of the two is within the limit");
    }

    [Fact]
    public async Task Placeholders_that_no_expression_uses_are_refused()
    {
        const string Key = """ "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}} """;
        async Task<string> RefusalAsync(string more) => (await _endpoint.CallAsync("DynamoDB_20120810.DeleteItem", $$"""{{{Key}},{{more}}}""")).Refusal.Replace("400 com.amazonaws.dynamodb.v20120810#ValidationException: ", "", StringComparison.Ordinal);

        (await RefusalAsync(""" "ConditionExpression":"a = :5","ExpressionAttributeValues":{":5":{"N":"5"},":6":{"N":"6"}} """)).Should().Be("Value provided in ExpressionAttributeValues unused in expressions: keys: {:6}");
        (await RefusalAsync(""" "ConditionExpression":"attribute_exists(a)","ExpressionAttributeNames":{"#a":"a"} """)).Should().Be("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}");
        (await RefusalAsync(""" "ConditionExpression":"attribute_exists(a)","ExpressionAttributeNames":{} """)).Should().Be("ExpressionAttributeNames must not be empty");
        (await RefusalAsync(""" "ExpressionAttributeNames":{"#a":"a"} """)).Should().Be("ExpressionAttributeNames can only be specified when using expressions");
        (await RefusalAsync(""" "ExpressionAttributeValues":{":5":{"N":"5"}} """)).Should().Be("ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null");
    }

    /// <summary>A transaction that changes nothing.</summary>
    private Task<EndpointResponse> CheckAsync(string condition) => _endpoint.CallAsync(
        "DynamoDB_20120810.TransactWriteItems",
        $$$"""{"TransactItems":[{"ConditionCheck":{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"1"}},"ConditionExpression":"{{{condition}}}"{{{Placeholders.Of(condition, Names, Values)}}}}}]}""");
}
