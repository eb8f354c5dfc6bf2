namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>More of what AWS answered in scenarios that LocalStack recorded there: entries, targets, and rules that share a target (recorded in July 2024, January, March and May 2025).</summary>
public sealed class EventBridgeRecordedTests : IAsyncLifetime
{
    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private TestEndpoint _endpoint = null!;

    // events: test_put_events_without_source, test_put_event_without_detail, test_put_event_without_detail_type, test_put_event_malformed_detail.
    public static TheoryData<string, string, string> InvalidEntries => new()
    {
        { """{"DetailType":"t","Detail":"{}"}""", "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument." },
        { """{"Source":"s","DetailType":"t"}""", "InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument." },
        { """{"Source":"s","Detail":"{}"}""", "InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument." },
        { """{"Source":"s","DetailType":"t","Detail":"malformed"}""", "MalformedDetail", "Detail is malformed." },
        { """{"Source":"s","DetailType":"t","Detail":"[\"a\"]"}""", "MalformedDetail", "Detail is malformed." },
        { """{"Source":"s","DetailType":"t","Detail":"{\"a\": 1"}""", "MalformedDetail", "Detail is malformed." },
        { """{"Source":"s","DetailType":"t","Detail":"\"text\""}""", "MalformedDetail", "Detail is malformed." },
    };

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [MemberData(nameof(InvalidEntries))]
    public async Task An_entry_that_is_not_valid_fails_alone(string entry, string code, string message)
    {
        var own = entry.Insert(1, "\"EventBusName\":\"events\",");

        (await TellAsync("PutEvents", $$"""{"Entries":[{{own}}]}""")).Should().Be($$"""{"FailedEntryCount":1,"Entries":[{"ErrorCode":"{{code}}","ErrorMessage":"{{message}}"}]}""");
    }

    // events: test_put_event_with_too_big_detail, test_put_events_exceed_limit_ten_entries.
    [Fact]
    public async Task A_call_that_is_too_large_fails_as_a_whole()
    {
        (await RefusalAsync("PutEvents", Entries(Entry("s", $$"""{\"a\":\"{{new string('a', 1024 * 1024)}}\"}""")))).Should().Be("400 ValidationException: Total size of the entries in the request is over the limit.");
        (await RefusalAsync("PutEvents", Entries([.. Enumerable.Repeat(Entry("s", "{}"), 11)]))).Should().StartWith("400 ValidationException: 1 validation error detected: ").And.Contain("'entries' failed to satisfy constraint");
    }

    // events: test_put_events_time, test_put_events_with_time_field.
    [Theory]
    [InlineData("1735689600", "2025-01-01T00:00:00Z")]
    [InlineData("1735689600.987", "2025-01-01T00:00:00Z")]
    public async Task The_time_of_an_entry_is_that_of_its_event(string time, string told)
    {
        await PutRuleAsync("rule", """{\"source\":[\"s\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"}""");

        await TellAsync("PutEvents", Entries(Entry("s", "{}").Insert(1, $"\"Time\":{time},")));

        ((string?)JsonNode.Parse(await NextAsync())!["time"]).Should().Be(told);
    }

    // events: test_put_events_response_entries_order.
    [Fact]
    public async Task Each_target_gets_the_event_with_the_id_that_PutEvents_answered()
    {
        await PutRuleAsync("rule", """{\"source\":[\"s\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"},{"Id":"2","Arn":"{{Plain}}"}""");

        var answer = await _endpoint.CallAsync("AWSEvents.PutEvents", Entries(Entry("s", "{}")));

        var id = (string?)JsonNode.Parse(answer.Body)!["Entries"]![0]!["EventId"];
        ((string?)JsonNode.Parse(await NextAsync())!["id"], (string?)JsonNode.Parse(await NextAsync())!["id"]).Should().Be((id, id));
    }

    // events: test_process_to_multiple_matching_rules_single_target, test_process_to_single_matching_rules_single_target.
    [Fact]
    public async Task A_target_of_several_rules_gets_an_event_once_for_each_that_matches()
    {
        await PutRuleAsync("one", """{\"source\":[\"source-one\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"}""");
        await PutRuleAsync("same", """{\"source\":[\"source-one\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"}""");
        await PutRuleAsync("two", """{\"source\":[\"source-two\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"}""");

        await TellAsync("PutEvents", Entries(Entry("source-one", "{}"), Entry("source-two", "{}"), Entry("source-three", "{}")));

        var events = new List<JsonNode>();
        for (var i = 0; i < 3; i++)
        {
            events.Add(JsonNode.Parse(await NextAsync())!);
        }

        events.Select(static item => (string)item["source"]!).Should().BeEquivalentTo("source-one", "source-one", "source-two");
        events.Select(static item => (string)item["id"]!).Distinct().Should().HaveCount(2);
        (await _endpoint.DeliveredAsync()).Should().HaveCount(3, "all is delivered, and nothing else came");
        _endpoint.Plain.Stats.Depth.Should().Be(3);
    }

    // events: test_process_pattern_to_single_matching_rules_single_target, test_put_events_pattern_with_values_in_array, test_put_events_pattern_nested; events_targets: test_put_events_with_target_sqs_event_detail_match,
    // test_put_events_with_target_lambda, test_put_events_with_target_lambda_list_entry, test_put_events_with_target_lambda_list_entries_partial_match (their patterns, here with a queue).
    [Theory]
    [InlineData("""{"payload":{"id":[{"exists":true}]}}""", """{"payload":{"id":"123"}}""", """{"id":"123"}""")]
    [InlineData("""{"id":[{"exists":true}]}""", """{"id":"123"}""", """{"payload":{"id":"123"}}""")]
    [InlineData("""{"event":{"data":{"type":["1","2"]}}}""", """{"event":{"data":{"type":["3","1"]}}}""", """{"event":{"data":{"type":["3"]}}}""")]
    [InlineData("""{"event":{"data":{"type":["1"]}}}""", """{"event":{"data":{"type":"1"}}}""", """{"event":{"data":{"type":"2"}}}""")]
    [InlineData("""{"EventType":["0","1"]}""", """{"EventType":"1"}""", """{"EventType":"2"}""")]
    [InlineData("""{"payload":{"automations":{"id":[{"exists":true}]}}}""", """{"payload":{"automations":[{"id":"123","actions":[]}]}}""", """{"payload":{"automations":[]}}""")]
    [InlineData("""{"payload":{"automations":{"id":[{"exists":true}]}}}""", """{"payload":{"automations":[{"foo":"bar"},{"id":"123"}]}}""", """{"payload":{"automations":[{"foo":"bar"}]}}""")]
    public async Task A_pattern_looks_into_the_detail(string pattern, string matching, string other)
    {
        await PutRuleAsync("rule", Escaped($$"""{"detail":{{pattern}}}"""), $$"""{"Id":"1","Arn":"{{Plain}}","InputPath":"$.detail"}""");

        await TellAsync("PutEvents", Entries(Entry("s", Escaped(other)), Entry("s", Escaped(matching))));

        (await NextAsync()).Should().Be(matching);
        (await _endpoint.DeliveredAsync()).Should().HaveCount(2);
        _endpoint.Plain.Stats.Depth.Should().Be(1);
    }

    // events: test_put_events_with_target_delivery_failure, test_describe_nonexistent_rule, test_put_target_id_validation.
    [Fact]
    public async Task A_target_that_does_not_exist_is_no_fault_of_the_call_and_a_rule_or_an_id_that_is_wrong_is()
    {
        await PutRuleAsync("rule", """{\"source\":[\"s\"]}""", """{"Id":"1","Arn":"arn:aws:sqs:us-east-1:000000000000:none","RetryPolicy":{"MaximumRetryAttempts":0}}""");

        (await TellAsync("PutEvents", Entries(Entry("s", "{}")))).Should().Be("""{"FailedEntryCount":0,"Entries":[{"EventId":"(id)"}]}""");
        (await RefusalAsync("DescribeRule", """{"Name":"none"}""")).Should().Be("400 ResourceNotFoundException: Rule none does not exist on EventBus events.");
        (await RefusalAsync("PutTargets", $$"""{"Rule":"rule","Targets":[{"Id":"!@#$@!#$","Arn":"{{Plain}}"}]}""")).Should().Be(
            "400 ValidationException: 1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        (await RefusalAsync("PutTargets", $$"""{"Rule":"rule","Targets":[{"Id":"{{new string('a', 65)}}","Arn":"{{Plain}}"}]}""")).Should().EndWith(" failed to satisfy constraint: Member must have length less than or equal to 64");
    }

    // events: test_put_multiple_targets_with_same_id_across_different_rules, test_put_multiple_targets_with_same_arn_single_rule, test_put_multiple_targets_with_same_arn_across_different_rules.
    [Fact]
    public async Task Rules_may_share_ids_and_ARNs_of_targets()
    {
        static string Target(string id, string path) => $$"""{"Id":"{{id}}","Arn":"{{Plain}}","InputPath":"{{path}}"}""";
        await PutRuleAsync("one", """{\"source\":[\"s\"]}""", Target("id-one", "$.detail") + "," + Target("id-two", "$.doesnotexist"));
        await PutRuleAsync("two", """{\"source\":[\"s\"]}""", Target("id-one", "$.doesnotexist"));

        (await TellAsync("ListTargetsByRule", """{"Rule":"one"}""")).Should().Be($$"""{"Targets":[{{Target("id-one", "$.detail")}},{{Target("id-two", "$.doesnotexist")}}]}""");
        (await TellAsync("ListTargetsByRule", """{"Rule":"two"}""")).Should().Be($$"""{"Targets":[{{Target("id-one", "$.doesnotexist")}}]}""");
    }

    // events: test_list_rule_names_by_target_with_limit, test_list_rule_names_by_target_no_matches.
    [Fact]
    public async Task Rules_are_listed_by_target_in_pages()
    {
        (await TellAsync("ListRuleNamesByTarget", $$"""{"TargetArn":"{{Plain}}"}""")).Should().Be("""{"RuleNames":[]}""");
        for (var i = 0; i < 5; i++)
        {
            await PutRuleAsync($"rule-{i}", """{\"source\":[\"s\"]}""", $$"""{"Id":"1","Arn":"{{Plain}}"}""");
        }

        var (names, token) = (new List<string>(), "");
        do
        {
            var page = JsonNode.Parse(await TellAsync("ListRuleNamesByTarget", $$"""{"TargetArn":"{{Plain}}","Limit":2{{token}}}"""))!;
            names.Add(string.Join(' ', page["RuleNames"]!.AsArray().Select(static name => (string)name!)));
            token = page["NextToken"] is { } next ? $",\"NextToken\":\"{next}\"" : "";
        }
        while (token.Length > 0);

        names.Should().Equal("rule-0 rule-1", "rule-2 rule-3", "rule-4");
    }

    // events-archive_and_replay: test_describe_archive_error_unknown_archive, test_list_archive_with_name_prefix, test_list_archive_with_source_arn, test_list_archive_error_unknown_source_arn,
    // test_list_archive_state_enabled, for the archive of the program, without its creation time.
    [Theory]
    [InlineData("{}", 1)]
    [InlineData("""{"NamePrefix":"ke"}""", 1)]
    [InlineData("""{"NamePrefix":"kept"}""", 1)]
    [InlineData("""{"NamePrefix":"none"}""", 0)]
    [InlineData("""{"EventSourceArn":"arn:aws:events:us-east-1:000000000000:event-bus/events"}""", 1)]
    [InlineData("""{"State":"ENABLED"}""", 1)]
    [InlineData("""{"State":"DISABLED"}""", 0)]
    public async Task Archives_are_listed_by_what_the_call_asks_for(string request, int count)
    {
        _endpoint.Bus.Archive.Keep(name: "kept");

        JsonNode.Parse(await TellAsync("ListArchives", request))!["Archives"]!.AsArray().Should().HaveCount(count);
        (await RefusalAsync("ListArchives", """{"EventSourceArn":"arn:aws:events:us-east-1:000000000000:event-bus/none"}""")).Should().Be("400 ResourceNotFoundException: Event bus none does not exist.");
        (await RefusalAsync("DescribeArchive", """{"ArchiveName":"none"}""")).Should().Be("400 ResourceNotFoundException: Archive none does not exist.");
    }

    // events-archive_and_replay: test_start_replay_error_unknown_event_bus, test_start_replay_error_unknown_archive, test_start_replay_error_duplicate_name_same_archive, test_start_replay_error_invalid_end_time,
    // test_describe_replay_error_unknown_replay, test_list_replays_with_prefix, test_list_replays_with_event_source_arn, test_list_replay_with_limit.
    [Fact]
    public async Task Replays_are_refused_and_listed_as_on_AWS()
    {
        _endpoint.Bus.Archive.Keep(name: "kept");
        await TellAsync("CreateEventBus", """{"Name":"mine"}""");
        static string Replay(string name, string archive = "kept", int end = 2, string bus = "events") => $$$"""
            {"ReplayName":"{{{name}}}","EventSourceArn":"arn:aws:events:us-east-1:000000000000:archive/{{{archive}}}","EventStartTime":1,"EventEndTime":{{{end}}},
             "Destination":{"Arn":"arn:aws:events:us-east-1:000000000000:event-bus/{{{bus}}}"}}
            """;

        for (var i = 0; i < 6; i++)
        {
            (await TellAsync("StartReplay", Replay($"replay-{i}"))).Should().Contain("\"State\":\"STARTING\"");
        }

        (await RefusalAsync("StartReplay", Replay("new", bus: "none"))).Should().Be("400 ResourceNotFoundException: Event bus none does not exist.");
        (await RefusalAsync("StartReplay", Replay("new", bus: "mine"))).Should().Be("400 ValidationException: Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        (await RefusalAsync("StartReplay", Replay("new", archive: "none"))).Should().Be("400 ValidationException: Parameter EventSourceArn is not valid. Reason: Archive none does not exist.");
        (await RefusalAsync("StartReplay", Replay("replay-1"))).Should().Be("400 ResourceAlreadyExistsException: Replay replay-1 already exists.");
        (await RefusalAsync("StartReplay", Replay("new", end: 1))).Should().Be("400 ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        (await RefusalAsync("DescribeReplay", """{"ReplayName":"none"}""")).Should().Be("400 ResourceNotFoundException: Replay none does not exist.");
        var first = JsonNode.Parse(await TellAsync("ListReplays", """{"NamePrefix":"replay","Limit":3}"""))!;
        var second = JsonNode.Parse(await TellAsync("ListReplays", $$"""{"NamePrefix":"replay","Limit":3,"NextToken":"{{first["NextToken"]}}"}"""))!;
        Names(first).Should().Equal("replay-0", "replay-1", "replay-2");
        Names(second).Should().Equal("replay-3", "replay-4", "replay-5");
        second["NextToken"].Should().BeNull();
        Names(JsonNode.Parse(await TellAsync("ListReplays", """{"NamePrefix":"replay-2"}"""))!).Should().Equal("replay-2");
        Names(JsonNode.Parse(await TellAsync("ListReplays", """{"EventSourceArn":"arn:aws:events:us-east-1:000000000000:archive/kept"}"""))!).Should().HaveCount(6);
        Names(JsonNode.Parse(await TellAsync("ListReplays", """{"EventSourceArn":"arn:aws:events:us-east-1:000000000000:archive/none"}"""))!).Should().BeEmpty();
    }

    private static IEnumerable<string> Names(JsonNode listing) => listing["Replays"]!.AsArray().Select(static replay => (string)replay!["ReplayName"]!);

    private static string Escaped(string json) => json.Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Entry(string source, string detail) => $$"""{"EventBusName":"events","Source":"{{source}}","DetailType":"t","Detail":"{{detail}}"}""";

    private static string Entries(params string[] entries) => $$"""{"Entries":[{{string.Join(',', entries)}}]}""";

    private async Task PutRuleAsync(string name, string pattern, string targets)
    {
        await TellAsync("PutRule", $$"""{"Name":"{{name}}","EventPattern":"{{pattern}}"}""");
        (await TellAsync("PutTargets", $$"""{"Rule":"{{name}}","Targets":[{{targets}}]}""")).Should().Be("""{"FailedEntryCount":0,"FailedEntries":[]}""");
    }

    private async Task<string> NextAsync()
    {
        var message = (await _endpoint.Plain.ReceiveAsync(1, wait: TimeSpan.FromMinutes(1))).Single();
        return Encoding.UTF8.GetString(message.Body.Span);
    }

    private async Task<string> TellAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Json;

    private async Task<string> RefusalAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Refusal;
}
