namespace DataToEvents.Emulator.Tests.Http.DynamoDb.Expressions;

/// <summary>Update expressions, tested on one item.</summary>
public sealed class UpdateExpressionTests : IAsyncLifetime
{
    private const string Before = """{"pk":{"S":"p"},"sk":{"S":"1"},"n":{"N":"5"},"m":{"N":"2"},"t":{"S":"x"}}""";

    private const string Values = """
        {
            ":1":{"N":"1"},":h":{"N":"1.5"},":t":{"S":"y"},":ss":{"SS":["b","c"]},":ns":{"NS":["2","3.0"]},":all":{"SS":["a","b"]},":list":{"L":[{"S":"z"}]},
            ":max":{"N":"0.00000000000000000000000000000000000001"}
        }
        """;

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
    [InlineData("REMOVE m, t, absent", """ "n":{"N":"5"} """)]
    [InlineData("SET n = :1 ADD m :1 REMOVE t", """ "n":{"N":"1"},"m":{"N":"3"} """)]
    public async Task An_update_computes_new_values_from_the_item_before_it(string expression, string after)
    {
        var item = EndpointResponse.Compact($$"""{"pk":{"S":"p"},"sk":{"S":"1"},{{after}}}""");

        (await UpdateAsync(expression, "ALL_NEW")).Json.Should().Be($$"""{"Attributes":{{item}}}""");
        (await ItemAsync()).Json.Should().Be($$"""{"Item":{{item}}}""");
    }

    private const string Document = """
        {"pk":{"S":"p"},"sk":{"S":"doc"},"m":{"M":{"x":{"N":"1"},"y":{"L":[{"S":"q"}]}}},"l":{"L":[{"N":"1"},{"NULL":true}]},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"n":{"N":"5"}}
        """;

    // DynamoDB Local 1.25.1 makes the same items of the same updates.
    [Theory]
    [InlineData("SET m.x = :1", """{"m":{"M":{"x":{"N":"1"},"y":{"L":[{"S":"q"}]}}}}""")]
    [InlineData("SET m.x = m.x + n", """{"m":{"M":{"x":{"N":"6"},"y":{"L":[{"S":"q"}]}}}}""")]
    [InlineData("SET m.z = :1, m.y[0] = :t", """{"m":{"M":{"x":{"N":"1"},"y":{"L":[{"S":"y"}]},"z":{"N":"1"}}}}""")]
    [InlineData("SET l[7] = :1, l[5] = :t, l[0] = :h", """{"l":{"L":[{"N":"1.5"},{"NULL":true},{"S":"y"},{"N":"1"}]}}""")]
    [InlineData("REMOVE l[0]", """{"l":{"L":[{"NULL":true}]}}""")]
    [InlineData("REMOVE l[0], l[1]", """{"l":{"L":[]}}""")]
    [InlineData("REMOVE l[9], m.absent", """{}""")]
    [InlineData("REMOVE m.x, m.y[0]", """{"m":{"M":{"y":{"L":[]}}}}""")]
    [InlineData("SET l = list_append(l, :list)", """{"l":{"L":[{"N":"1"},{"NULL":true},{"S":"z"}]}}""")]
    [InlineData("SET l = list_append(:list, l)", """{"l":{"L":[{"S":"z"},{"N":"1"},{"NULL":true}]}}""")]
    [InlineData("SET c = list_append(if_not_exists(c, :list), :list)", """{"c":{"L":[{"S":"z"},{"S":"z"}]}}""")]
    [InlineData("SET n = (n + :1)", """{"n":{"N":"6"}}""")]
    [InlineData("ADD ss :ss", """{"ss":{"SS":["a","b","c"]}}""")]
    [InlineData("ADD ns :ns", """{"ns":{"NS":["1","2","3"]}}""")]
    [InlineData("ADD c :ss, m.x :1", """{"c":{"SS":["b","c"]},"m":{"M":{"x":{"N":"2"},"y":{"L":[{"S":"q"}]}}}}""")]
    [InlineData("DELETE ss :ss", """{"ss":{"SS":["a"]}}""")]
    [InlineData("DELETE ss :all", """{"ss":null}""")]
    [InlineData("DELETE c :ss", """{}""")]
    public async Task An_update_reaches_into_documents_and_sets(string expression, string changes)
    {
        await _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$"""{"TableName":"events","Item":{{Document}}}""");
        var expected = System.Text.Json.Nodes.JsonNode.Parse(Document)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(changes)!.AsObject())
        {
            expected.Remove(name);
            expected.Add(name, value?.DeepClone());
        }

        (await UpdateAsync(expression, "NONE", "doc")).Json.Should().Be("{}");

        var item = System.Text.Json.Nodes.JsonNode.Parse((await ItemAsync("doc")).Body)!["Item"]!;
        expected.Where(attribute => attribute.Value is null).Select(attribute => attribute.Key).ToList().ForEach(name => expected.Remove(name));
        System.Text.Json.Nodes.JsonNode.DeepEquals(item, expected).Should().BeTrue("{0} is expected, and {1} is there", expected, item);
    }

    // Nested parts alone: scylladb/scylladb, test/alternator/test_returnvalues.py, whose cases pass on AWS. DynamoDB Local returns whole attributes.
    [Theory]
    [InlineData("UPDATED_OLD", """{"Attributes":{"m":{"M":{"x":{"N":"1"}}},"l":{"L":[{"N":"1"}]},"n":{"N":"5"}}}""")]
    [InlineData("UPDATED_NEW", """{"Attributes":{"m":{"M":{"x":{"S":"y"}}},"l":{"L":[{"NULL":true}]},"c":{"N":"1"}}}""")]
    public async Task The_updated_parts_of_an_item_are_returned_if_asked(string returned, string answer)
    {
        await _endpoint.CallAsync("DynamoDB_20120810.PutItem", $$"""{"TableName":"events","Item":{{Document}}}""");

        (await UpdateAsync("SET m.x = :t, c = :1 REMOVE n, l[0]", returned, "doc")).Json.Should().Be(answer);
    }

    [Theory]
    [InlineData("", "Invalid UpdateExpression: The expression can not be empty;")]
    [InlineData("n = :1", "Invalid UpdateExpression: Syntax error; token: \"n\", near: \"n =\"")]
    [InlineData("INVALID SYNTAX HERE", "Invalid UpdateExpression: Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"")]
    [InlineData("SET n :1", "Invalid UpdateExpression: Syntax error; token: \":1\", near: \"n :1\"")]
    [InlineData("SET n =", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("SET n = n +", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"+\"")]
    [InlineData("SET n = :1,", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("SET n = :1 :1", "Invalid UpdateExpression: Syntax error; token: \":1\", near: \":1 :1\"")]
    [InlineData("SET n = n * :1", "Invalid UpdateExpression: Syntax error; token: \"*\", near: \"n * :1\"")]
    [InlineData("SET n = n + :1 + :1", "Invalid UpdateExpression: Syntax error; token: \"+\", near: \":1 + :1\"")]
    [InlineData("SET n = if_not_exists n, :1)", "Invalid UpdateExpression: Syntax error; token: \"n\", near: \"if_not_exists n,\"")]
    [InlineData("SET n = if_not_exists(n :1)", "Invalid UpdateExpression: Syntax error; token: \":1\", near: \"n :1)\"")]
    [InlineData("SET n = if_not_exists(n, :1", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \":1\"")]
    [InlineData("ADD n n", "Invalid UpdateExpression: Syntax error; token: \"n\", near: \"n n\"")]
    [InlineData("SET n = :1 SET t = :1", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET n = :1, n = :h", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]")]
    [InlineData("SET t = :1, t.x[2] = :1", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [t], path two: [t, x, [2]]")]
    [InlineData("SET n = :undefined", "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :undefined")]
    [InlineData("SET status = :1", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status")]
    [InlineData("SET n = foo(n)", "Invalid UpdateExpression: Invalid function name; function: foo")]
    [InlineData("SET n = contains(n, :1)", "Invalid UpdateExpression: The function is not allowed in an update expression; function: contains")]
    [InlineData("SET n = if_not_exists(n, list_append(n, :list))", "Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append")]
    [InlineData("DELETE n :1", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: N, typeSet: ALLOWED_FOR_DELETE_OPERAND")]
    [InlineData("ADD n :t", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: S, typeSet: ALLOWED_FOR_ADD_OPERAND")]
    [InlineData("SET n = :t + :1", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("SET n = absent", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = absent + :1", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = if_not_exists(absent, nowhere)", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = t + :1", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET n = n - t", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET n = list_append(n, :list)", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD t :1", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD n :ss", "An operand in the update expression has an incorrect data type")]
    [InlineData("DELETE n :ss", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET absent.x = :1", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET n.x = :1", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET n[0] = :1", "The document path provided in the update expression is invalid for update")]
    [InlineData("REMOVE absent.x.y", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET n = n + :max", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("SET pk = :t", "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key")]
    [InlineData("REMOVE sk", "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key")]
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

    private Task<EndpointResponse> UpdateAsync(string expression, string returned, string sk = "1") => _endpoint.CallAsync("DynamoDB_20120810.UpdateItem", $$$$"""
        {
            "TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"{{{{sk}}}}"}},"UpdateExpression":"{{{{expression}}}}","ReturnValues":"{{{{returned}}}}"{{{{Placeholders.Of(expression, "{\"#n\":\"n\"}", Values)}}}}
        }
        """);

    private Task<EndpointResponse> ItemAsync(string sk = "1") => _endpoint.CallAsync("DynamoDB_20120810.GetItem", $$$$"""{"TableName":"events","Key":{"pk":{"S":"p"},"sk":{"S":"{{{{sk}}}}"}}}""");
}
