
namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>
/// Rules and targets that clients make. What is said of AWS was recorded by LocalStack (tests/aws/services/events/test_events.py, test_events_inputs.py and
/// test_events_patterns.py, state of 23 March 2026).
/// </summary>
public sealed class OwnRuleTests : IAsyncLifetime
{
    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private const string RuleArn = "arn:aws:events:us-east-1:000000000000:rule/events/mine";

    private const string Pattern = """{\"source\":[\"shop\"]}""";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    /// <summary>test_put_list_with_prefix_describe_delete_rule, test_disable_re_enable_rule, test_put_multiple_rules_with_same_name.</summary>
    [Fact]
    public async Task A_rule_is_made_described_disabled_enabled_and_deleted()
    {
        string Rule(string state, string more = "") =>
            EndpointResponse.Compact($$"""{"Name":"mine","Arn":"{{RuleArn}}","EventPattern":"{{Pattern}}","State":"{{state}}","EventBusName":"events"{{more}} }""");

        (await TellAsync("PutRule", $$"""{"Name":"mine","EventPattern":"{{Pattern}}"}""")).Should().Be($$"""{"RuleArn":"{{RuleArn}}"}""");
        (await TellAsync("PutRule", $$"""{"Name":"mine","EventPattern":"{{Pattern}}"}""")).Should().Be($$"""{"RuleArn":"{{RuleArn}}"}""");
        (await TellAsync("ListRules", """{"NamePrefix":"mi"}""")).Should().Be($$"""{"Rules":[{{Rule("ENABLED")}}]}""");
        (await TellAsync("DescribeRule", """{"Name":"mine"}""")).Should().Be(Rule("ENABLED", ",\"CreatedBy\":\"000000000000\""));
        (await TellAsync("DisableRule", """{"Name":"mine"}""")).Should().Be("{}");
        (await TellAsync("DescribeRule", """{"Name":"mine"}""")).Should().Be(Rule("DISABLED", ",\"CreatedBy\":\"000000000000\""));
        (await TellAsync("EnableRule", """{"Name":"mine"}""")).Should().Be("{}");
        (await TellAsync("DescribeRule", """{"Name":"mine"}""")).Should().Be(Rule("ENABLED", ",\"CreatedBy\":\"000000000000\""));
        (await TellAsync("DeleteRule", """{"Name":"mine"}""")).Should().Be("{}");
        (await TellAsync("ListRules", """{"NamePrefix":"mi"}""")).Should().Be("""{"Rules":[]}""");
    }

    /// <summary>test_put_list_remove_target, test_update_rule_with_targets, test_put_multiple_targets_with_same_id_single_rule, test_list_rule_names_by_target.</summary>
    [Fact]
    public async Task Targets_are_put_listed_replaced_by_id_and_removed()
    {
        await PutRuleAsync();
        string Targets(string more = "") => EndpointResponse.Compact($$"""{"Targets":[{"Id":"1","Arn":"{{Plain}}"{{more}} }]}""");

        (await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}"}]}""")).Should().Be("""{"FailedEntryCount":0,"FailedEntries":[]}""");
        await PutRuleAsync();
        (await TellAsync("ListTargetsByRule", """{"Rule":"mine"}""")).Should().Be(Targets());
        await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}","InputPath":"$.notexisting"}]}""");
        (await TellAsync("ListTargetsByRule", """{"Rule":"mine"}""")).Should().Be(Targets(",\"InputPath\":\"$.notexisting\""));
        (await TellAsync("ListRuleNamesByTarget", $$"""{"TargetArn":"{{Plain}}"}""")).Should().Be("""{"RuleNames":["mine"]}""");
        (await TellAsync("RemoveTargets", """{"Rule":"mine","Ids":["1"]}""")).Should().Be("""{"FailedEntryCount":0,"FailedEntries":[]}""");
        (await TellAsync("ListTargetsByRule", """{"Rule":"mine"}""")).Should().Be("""{"Targets":[]}""");
    }

    /// <summary>test_list_rule_with_limit, test_list_target_by_rule_limit.</summary>
    [Fact]
    public async Task Listings_have_pages()
    {
        for (var i = 0; i < 5; i++)
        {
            await TellAsync("PutRule", $$"""{"Name":"mine-{{i}}","EventPattern":"{{Pattern}}"}""");
        }

        var first = JsonNode.Parse(await TellAsync("ListRules", """{"NamePrefix":"mine","Limit":3}"""))!;
        var second = JsonNode.Parse(await TellAsync("ListRules", $$"""{"NamePrefix":"mine","Limit":3,"NextToken":"{{first["NextToken"]}}"}"""))!;

        first["Rules"]!.AsArray().Select(rule => (string)rule!["Name"]!).Should().Equal("mine-0", "mine-1", "mine-2");
        second["Rules"]!.AsArray().Select(rule => (string)rule!["Name"]!).Should().Equal("mine-3", "mine-4");
        second["NextToken"].Should().BeNull();
    }

    /// <summary>test_put_events_with_target_sqs, test_put_events_with_input_path, test_put_events_with_input_path_max_level_depth.</summary>
    [Theory]
    [InlineData("", """{"orderId":"7","price":300}""")]
    [InlineData(",\"InputPath\":\"$.detail\"", """{"orderId":"7","price":300}""")]
    [InlineData(",\"InputPath\":\"$.detail.orderId\"", "\"7\"")]
    [InlineData(",\"Input\":\"{\\\"fixed\\\":1}\"", """{"fixed":1}""")]
    public async Task An_event_reaches_the_queue_of_a_client_as_its_target_asks(string input, string told)
    {
        await PutRuleAsync();
        await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}"{{input}}}]}""");

        await TellAsync("PutEvents", """{"Entries":[{"EventBusName":"events","Source":"shop","DetailType":"Sold","Detail":"{\"orderId\":\"7\",\"price\":300}"}]}""");

        var received = await _endpoint.Plain.ReceiveAsync(1, wait: TimeSpan.FromMinutes(1));
        var body = Encoding.UTF8.GetString(received.Single().Body.Span);
        (input.Length == 0 ? JsonNode.Parse(body)!["detail"]!.ToJsonString() : body).Should().Be(told);
    }

    [Fact]
    public async Task A_rule_that_is_disabled_or_deleted_takes_no_events_and_a_target_that_does_not_exist_fails_until_the_event_is_a_dead_letter()
    {
        var dead = await _endpoint.Catalog.CreateAsync("letters", new Dictionary<string, string>(), new Dictionary<string, string>());
        await PutRuleAsync();
        await TellAsync("PutTargets", $$"""
            {"Rule":"mine","Targets":[{"Id":"1","Arn":"arn:aws:lambda:us-east-1:000000000000:function:none","RetryPolicy":{"MaximumRetryAttempts":0},"DeadLetterConfig":{"Arn":"{{dead.Options.Arn}}"} }]}
            """);
        await TellAsync("PutRule", $$"""{"Name":"off","EventPattern":"{{Pattern}}","State":"DISABLED"}""");
        await TellAsync("PutTargets", $$"""{"Rule":"off","Targets":[{"Id":"1","Arn":"{{Plain}}"}]}""");

        await TellAsync("PutEvents", """{"Entries":[{"EventBusName":"events","Source":"shop","DetailType":"Sold","Detail":"{}"}]}""");

        var letter = (await dead.ReceiveAsync(1, wait: TimeSpan.FromMinutes(1))).Single();
        (letter.Attributes["TARGET_ARN"].Text, letter.Attributes["RULE_ARN"].Text).Should().Be(("arn:aws:lambda:us-east-1:000000000000:function:none", RuleArn));
        _endpoint.Plain.Stats.Depth.Should().Be(0);
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"mine"}""", "ValidationException: Parameter(s) EventPattern must be specified.")]
    [InlineData("PutRule", """{"Name":"a b","EventPattern":"{}"}""", "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+")]
    [InlineData("PutRule", """{"Name":"all","EventPattern":"{\"source\":[\"a\"]}"}""", "ManagedRuleException: The program that started the emulator made rule all: calls cannot change it.")]
    [InlineData("DeleteRule", """{"Name":"all"}""", "ManagedRuleException: The program that started the emulator made rule all: calls cannot change it.")]
    [InlineData("EnableRule", """{"Name":"none"}""", "ResourceNotFoundException: Rule none does not exist on EventBus events.")]
    [InlineData("PutTargets", """{"Rule":"none","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:000000000000:plain"}]}""", "ResourceNotFoundException: Rule none does not exist on EventBus events.")]
    [InlineData("PutTargets", """{"Rule":"mine","Targets":[{"Id":"!@#","Arn":"arn:aws:sqs:us-east-1:000000000000:plain"}]}""", "ValidationException: 1 validation error detected: Value '!@#' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+")]
    [InlineData("PutTargets", """{"Rule":"mine","Targets":[{"Id":"1","Arn":"arn:aws:sns:us-east-1:000000000000:topic"}]}""", "ValidationException: Target arn:aws:sns:us-east-1:000000000000:topic is not supported here: it is the ARN of a queue (sqs) or a function (lambda).")]
    [InlineData("PutTargets", """{"Rule":"mine","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:000000000000:plain","Input":"{}","InputPath":"$.detail"}]}""", "ValidationException: Only one of Input, InputPath, or InputTransformer must be provided for target 1.")]
    [InlineData("TestEventPattern", """{"EventPattern":"{\"source\":[\"a\"]}","Event":"[]"}""", "ValidationException: Parameter Event is not valid.")]
    [InlineData("TestEventPattern", """{"EventPattern":"{\"source\":[\"a\"]}","Event":"no JSON"}""", "ValidationException: Parameter Event is not valid.")]
    public async Task A_call_that_AWS_would_refuse_is_refused(string operation, string body, string refusal)
    {
        await PutRuleAsync();

        (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Refusal.Should().Be($"400 {refusal}");
    }

    /// <summary>test_delete_rule_with_targets, test_add_exceed_fife_targets_per_rule.</summary>
    [Fact]
    public async Task A_rule_has_five_targets_at_most_and_is_not_deleted_while_it_has_one()
    {
        await PutRuleAsync();
        var targets = string.Join(',', Enumerable.Range(0, 7).Select(static i => $$"""{"Id":"{{i}}","Arn":"{{Plain}}"}"""));

        (await _endpoint.CallAsync("AWSEvents.PutTargets", $$"""{"Rule":"mine","Targets":[{{targets}}]}""")).Refusal.Should().Be("400 LimitExceededException: The requested resource exceeds the maximum number allowed.");
        await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}"}]}""");
        (await _endpoint.CallAsync("AWSEvents.DeleteRule", """{"Name":"mine"}""")).Refusal.Should().Be("400 ValidationException: Rule can't be deleted since it has targets.");
    }

    /// <summary>test_event_pattern_source.</summary>
    [Theory]
    [InlineData("shop", true)]
    [InlineData("other", false)]
    public async Task A_pattern_is_tested_against_an_event(string source, bool matches)
    {
        var json = $$"""{"id":"1","source":"{{source}}","account":"1","time":"2026-11-30T00:00:00Z","region":"r","resources":[],"detail-type":"t"}""";

        (await TellAsync("TestEventPattern", $$"""{"EventPattern":"{{Pattern}}","Event":"{{JavaScriptEncoder.Default.Encode(json)}}"}""")).Should().Be($$"""{"Result":{{(matches ? "true" : "false")}}}""");
    }

    private Task<string> PutRuleAsync() => TellAsync("PutRule", $$"""{"Name":"mine","EventPattern":"{{Pattern}}"}""");

    private async Task<string> TellAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Json;
}
