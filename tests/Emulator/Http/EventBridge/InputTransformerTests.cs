namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>What a target gets in place of the event. The answers are AWS's in LocalStack's recordings (tests/aws/services/events/test_events_inputs.py, recorded from May 2024 to October 2025).</summary>
public sealed class InputTransformerTests : IAsyncLifetime
{
    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        await TellAsync("PutRule", """{"Name":"mine","EventPattern":"{\"source\":[\"core.update-account-command\"]}"}""");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    /// <summary>test_input_transformer_nested_keys_replacement.</summary>
    [Theory]
    [InlineData("""{"method": "PUT", "path": "users-service/users/<userId>", "bod": <payload>}""", """{"method": "PUT", "path": "users-service/users/0a787ecb-4015", "bod": {"acc_id":"0a787ecb-4015","sf_id":"baz"}}""")]
    [InlineData(""" "Payload of <payload> with path users-service/users/<userId> and <userId>" """, """ "Payload of {acc_id:0a787ecb-4015,sf_id:baz} with path users-service/users/0a787ecb-4015 and 0a787ecb-4015" """)]
    [InlineData("""{"id" : <userId>}""", """{"id" : "0a787ecb-4015"}""")]
    [InlineData("""{"id" : "<userId>"}""", """{"id" : "0a787ecb-4015"}""")]
    [InlineData("""{"method": "PUT", "path": "users-service/users/<userId>", "id": <userId>, "body": <payload>}""", """{"method": "PUT", "path": "users-service/users/0a787ecb-4015", "id": "0a787ecb-4015", "body": {"acc_id":"0a787ecb-4015","sf_id":"baz"}}""")]
    [InlineData("""{"method": "PUT", "path": "users-service/users/<userId>", "bod": [<userId>, "hardcoded"]}""", """{"method": "PUT", "path": "users-service/users/0a787ecb-4015", "bod": ["0a787ecb-4015", "hardcoded"]}""")]
    [InlineData("""{"method": "PUT", "nested": {"level1": {"level2": {"level3": "users-service/users/<userId>"} } }, "bod": "<userId>"}""", """{"method": "PUT", "nested": {"level1": {"level2": {"level3": "users-service/users/0a787ecb-4015"} } }, "bod": "0a787ecb-4015"}""")]
    [InlineData(""" "<listsingle> single list item" """, """ "[HIGH] single list item" """)]
    [InlineData(""" "<listmulti> multiple list items" """, """ "[ACTIVE,INACTIVE] multiple list items" """)]
    [InlineData("""{"singlelistitem": <listsingle>}""", """{"singlelistitem": ["HIGH"]}""")]
    [InlineData(""" "<listsingle> single list item <listmulti> multiple list items <systemstring> system account id <payload> payload <userId> user id" """, """ "[HIGH] single list item [ACTIVE,INACTIVE] multiple list items  system account id {acc_id:0a787ecb-4015,sf_id:baz} payload 0a787ecb-4015 user id" """)]
    [InlineData("\"<listsingle> single list item\"\n\"<listmulti> multiple list items\"\n\"<systemstring> system account id\"", "\"[HIGH] single list item\"\n\"[ACTIVE,INACTIVE] multiple list items\"\n\" system account id\"")]
    [InlineData("""{"multi_replacement": "users/<userId>/second/<userId>"}""", """{"multi_replacement": "users/0a787ecb-4015/second/0a787ecb-4015"}""")]
    [InlineData(""" "Command is <valid>!" """, """ "Command is true!" """)]
    public async Task Placeholders_stand_for_parts_of_the_event(string template, string told)
    {
        const string Paths = """{"userId":"$.detail.payload.acc_id","payload":"$.detail.payload","systemstring":"$.detail.awsAccountId","listsingle":"$.detail.listsingle","listmulti":"$.detail.listmulti","valid":"$.detail.valid"}""";

        await PutTargetAsync(Transformer(Paths, template.Trim(' ')));

        (await ReceiveAsync()).Should().Be(told.Trim(' '));
    }

    /// <summary>test_put_events_with_input_transformer_input_template_string, test_put_events_with_input_transformer_input_template_json.</summary>
    [Theory]
    [InlineData(""" "Event of <detail-type> type, at time <timestamp>, info extracted from detail <command>" """, """ "Event of core.update-account-command type, at time 2026-11-30T00:00:00Z, info extracted from detail *" """)]
    [InlineData(""" "{[/Check with special starting characters for event of <detail-type> type" """, """ "{[/Check with special starting characters for event of core.update-account-command type" """)]
    [InlineData("""{"detailType": <detail-type>,  "time": <timestamp>, "command": <command>}""", """{"detailType": "core.update-account-command",  "time": "2026-11-30T00:00:00Z", "command": "*"}""")]
    public async Task What_the_event_does_not_have_is_an_empty_text(string template, string told)
    {
        foreach (var (path, value) in new[] { ("command", "update-account"), ("notinmessage", "") })
        {
            await PutTargetAsync(Transformer($$"""{"detail-type":"$.detail-type","timestamp":"$.time","command":"$.detail.{{path}}"}""", template.Trim(' ')));

            (await ReceiveAsync()).Should().Be(told.Trim(' ').Replace("*", value, StringComparison.Ordinal));
        }
    }

    /// <summary>test_input_transformer_predefined_variables.</summary>
    [Fact]
    public async Task Some_placeholders_need_no_path()
    {
        await PutTargetAsync(Transformer(null, """ "Message containing all pre defined variables <aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>" """.Trim(' ')));
        (await ReceiveAsync()).Should().MatchRegex("^\"Message containing all pre defined variables arn:aws:events:us-east-1:000000000000:rule/events/mine mine [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z\"$");

        await PutTargetAsync(Transformer(null, """{"originalEvent": <aws.events.event>, "originalEventJson": <aws.events.event.json>}"""));
        var told = JsonNode.Parse(await ReceiveAsync())!;
        var whole = told["originalEventJson"]!.AsObject();
        told["originalEvent"]!.AsObject().Select(static member => member.Key).Should().BeEquivalentTo("id", "account", "detailType", "time", "source", "region", "resources", "version");
        (whole.ContainsKey("detail"), (string?)whole["id"]).Should().Be((true, (string?)told["originalEvent"]!["id"]));
    }

    /// <summary>test_put_events_with_input_transformer_missing_keys, test_put_event_input_path_and_input_transformer; the others are our own.</summary>
    [Theory]
    [InlineData("""{"InputTemplate":"\"type <detail-type>, <notdefinedkey>\"","InputPathsMap":{"detail-type":"$.detail-type"}}""", "", "InputTemplate for target 1 contains invalid placeholder notdefinedkey.")]
    [InlineData("""{"InputTemplate":"{\"a\":<a>}","InputPathsMap":{"a":"$.detail"}}""", ",\"InputPath\":\"$.detail\"", "Only one of Input, InputPath, or InputTransformer must be provided for target 1.")]
    [InlineData("""{"InputTemplate":"{\"a\":<a>}","InputPathsMap":{"a":"$.detail.list[0]"}}""", "", "InputPathsMap a $.detail.list[0] is not supported here: it names members, such as $.detail.order.")]
    [InlineData("""{"InputTemplate":"a plain text"}""", "", "Invalid InputTemplate for target 1: it is neither JSON nor texts in quotation marks.")]
    [InlineData("{}", "", "The request must contain the parameter InputTemplate.")]
    public async Task A_transformer_that_cannot_work_is_refused(string transformer, string more, string reason) =>
        (await _endpoint.CallAsync("AWSEvents.PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}","InputTransformer":{{transformer}}{{more}}}]}""")).Refusal.Should().Be($"400 ValidationException: {reason}");

    /// <summary>test_put_events_with_input_path_nested, test_put_events_with_input_path_multiple_targets.</summary>
    [Fact]
    public async Task Each_target_of_a_rule_has_an_input_of_its_own()
    {
        await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}","InputPath":"$.detail.payload"},{"Id":"2","Arn":"{{Plain}}"}]}""");
        await PutEventAsync();

        var (one, other) = (JsonNode.Parse(await NextAsync())!.AsObject(), JsonNode.Parse(await NextAsync())!.AsObject());
        var (part, whole) = one.ContainsKey("detail") ? (other, one) : (one, other);
        part.ToJsonString().Should().Be("""{"acc_id":"0a787ecb-4015","sf_id":"baz"}""");
        ((string?)whole["detail-type"], (string?)whole["detail"]!["command"]).Should().Be(("core.update-account-command", "update-account"));
    }

    private static string Transformer(string? paths, string template) =>
        new JsonObject { ["InputPathsMap"] = paths is null ? null : JsonNode.Parse(paths), ["InputTemplate"] = template }.ToJsonString();

    private async Task PutTargetAsync(string transformer) =>
        (await TellAsync("PutTargets", $$"""{"Rule":"mine","Targets":[{"Id":"1","Arn":"{{Plain}}","InputTransformer":{{transformer}}}]}""")).Should().Be("""{"FailedEntryCount":0,"FailedEntries":[]}""");

    private async Task<string> ReceiveAsync()
    {
        await PutEventAsync();
        return await NextAsync();
    }

    private Task<string> PutEventAsync() => TellAsync("PutEvents", new JsonObject
    {
        ["Entries"] = new JsonArray(new JsonObject
        {
            ["EventBusName"] = "events",
            ["Source"] = "core.update-account-command",
            ["DetailType"] = "core.update-account-command",
            ["Time"] = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            ["Detail"] = """{"command": "update-account", "payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}, "listsingle": ["HIGH"], "listmulti": ["ACTIVE", "INACTIVE"], "valid": true}""",
        }),
    }.ToJsonString());

    private async Task<string> NextAsync()
    {
        var message = (await _endpoint.Plain.ReceiveAsync(1, wait: TimeSpan.FromMinutes(1))).Single();
        return Encoding.UTF8.GetString(message.Body.Span);
    }

    private async Task<string> TellAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Json;
}
