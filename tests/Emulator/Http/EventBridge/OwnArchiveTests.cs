using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>Archives that clients make. What is said of AWS was recorded by LocalStack (tests/aws/services/events/test_archive_and_replay.py, recorded in May 2024 and March 2025).</summary>
public sealed class OwnArchiveTests : IAsyncLifetime
{
    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private const string Pattern = """{\"source\":[\"core\"],\"detail\":{\"command\":[\"update\"]}}""";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(clock: _clock);
        await TellAsync("CreateEventBus", """{"Name":"mine"}""");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    /// <summary>test_create_list_describe_update_delete_archive, test_create_archive_error_duplicate.</summary>
    [Theory]
    [InlineData("events")]
    [InlineData("mine")]
    public async Task An_archive_is_made_listed_described_changed_and_deleted(string bus)
    {
        var made = $$"""{"ArchiveArn":"{{Arn("kept")}}","State":"ENABLED","CreationTime":1795521600}""";
        var request = $$"""{"ArchiveName":"kept","EventSourceArn":"{{BusArn(bus)}}","Description":"my archive","EventPattern":"{{Pattern}}","RetentionDays":1}""";
        string Listed(int days) => $$"""{"ArchiveName":"kept","EventSourceArn":"{{BusArn(bus)}}","State":"ENABLED","RetentionDays":{{days}},"SizeBytes":0,"EventCount":0,"CreationTime":1795521600""";

        (await TellAsync("CreateArchive", request)).Should().Be(made);
        (await RefusalAsync("CreateArchive", request)).Should().Be("400 ResourceAlreadyExistsException: Archive kept already exists.");
        (await TellAsync("ListArchives", """{"NamePrefix":"kept"}""")).Should().Be($$"""{"Archives":[{{Listed(1)}}}]}""");
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().Be(
            $$"""{{Listed(1)}},"ArchiveArn":"{{Arn("kept")}}","Description":"my archive","EventPattern":"{{Pattern}}"}""");
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await TellAsync("UpdateArchive", """{"ArchiveName":"kept","Description":"changed","EventPattern":"{\"source\":[\"core\"]}","RetentionDays":2}""")).Should().Be(made);
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().Be(
            $$"""{{Listed(2)}},"ArchiveArn":"{{Arn("kept")}}","Description":"changed","EventPattern":"{\"source\":[\"core\"]}"}""");
        (await TellAsync("UpdateArchive", """{"ArchiveName":"kept","RetentionDays":3}""")).Should().Be(made);
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().StartWith(Listed(3)).And.Contain("\"Description\":\"changed\"");
        (await TellAsync("DeleteArchive", """{"ArchiveName":"kept"}""")).Should().Be("{}");
        (await TellAsync("ListArchives", "{}")).Should().Be("""{"Archives":[]}""");
        (await TellAsync("CreateArchive", request)).Should().Contain("ENABLED", "the name is free again");
    }

    /// <summary>test_create_archive_error_unknown_event_bus, test_update_archive_error_unknown_archive, test_delete_archive_error_unknown_archive, test_describe_archive_error_unknown_archive; the others are of the API Reference.</summary>
    [Theory]
    [InlineData("CreateArchive", """{"ArchiveName":"a","EventSourceArn":"arn:aws:events:us-east-1:123456789012:event-bus/none"}""", "ResourceNotFoundException: Event bus none does not exist.")]
    [InlineData("UpdateArchive", """{"ArchiveName":"none"}""", "ValidationException: At least one of EventPattern, RetentionDays or Description must be provided.")]
    [InlineData("UpdateArchive", """{"ArchiveName":"none","RetentionDays":1}""", "ResourceNotFoundException: Archive none does not exist.")]
    [InlineData("DeleteArchive", """{"ArchiveName":"none"}""", "ResourceNotFoundException: Archive none does not exist.")]
    [InlineData("DescribeArchive", """{"ArchiveName":"none"}""", "ResourceNotFoundException: Archive none does not exist.")]
    [InlineData("CreateArchive", "{}", "ValidationException: The request must contain the parameter ArchiveName.")]
    [InlineData("CreateArchive", """{"ArchiveName":"a/b"}""", "ValidationException: 1 validation error detected: Value 'a/b' at 'archiveName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+")]
    [InlineData("CreateArchive", """{"ArchiveName":"1234567890123456789012345678901234567890123456789"}""", "ValidationException: 1 validation error detected: Value '1234567890123456789012345678901234567890123456789' at 'archiveName' failed to satisfy constraint: Member must have length less than or equal to 48")]
    [InlineData("CreateArchive", """{"ArchiveName":"a","RetentionDays":-1}""", "ValidationException: 1 validation error detected: Value '-1' at 'retentionDays' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData("CreateArchive", """{"ArchiveName":"a","KmsKeyIdentifier":"k"}""", "ValidationException: CreateArchive with KmsKeyIdentifier is not supported here.")]
    [InlineData("DeleteArchive", """{"ArchiveName":"program"}""", "ValidationException: The program that started the emulator made archive program: calls cannot change it.")]
    [InlineData("CreateArchive", """{"ArchiveName":"program","EventSourceArn":"arn:aws:events:us-east-1:000000000000:event-bus/mine"}""", "ResourceAlreadyExistsException: Archive program already exists.")]
    [InlineData("ListArchives", """{"State":"ENABLED","NamePrefix":"a"}""", "ValidationException: At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.")]
    [InlineData("ListReplays", """{"EventSourceArn":"arn:none","NamePrefix":"a"}""", "ValidationException: At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.")]
    [InlineData("ListArchives", """{"State":"GONE"}""", "ValidationException: 1 validation error detected: Value 'GONE' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, CREATING, UPDATING, CREATE_FAILED, UPDATE_FAILED]")]
    public async Task A_wrong_call_is_refused(string operation, string request, string refusal)
    {
        _endpoint.Bus.Archive.Keep(name: "program");

        (await RefusalAsync(operation, request)).Should().Be($"400 {refusal}");
    }

    /// <summary>"Archiving events" in the Amazon EventBridge User Guide; pattern, target and ManagedBy as moto's authors read them on AWS.</summary>
    [Fact]
    public async Task An_archive_has_a_rule_that_only_the_archive_changes()
    {
        const string Rule = "Events-Archive-kept";
        await CreateAsync("kept", "mine");
        await TellAsync("UpdateArchive", """{"ArchiveName":"kept","EventPattern":"{\"source\":[\"core\"]}"}""");
        var listed = JsonNode.Parse(await TellAsync("ListRules", """{"EventBusName":"mine"}"""))!["Rules"]!.AsArray();

        listed.Should().ContainSingle().Which!.ToJsonString().Should().Be(new JsonObject
        {
            ["Name"] = Rule,
            ["Arn"] = $"arn:aws:events:us-east-1:000000000000:rule/mine/{Rule}",
            ["EventPattern"] = """{"source":["core"],"replay-name":[{"exists":false}]}""",
            ["State"] = "ENABLED",
            ["EventBusName"] = "mine",
            ["ManagedBy"] = "prod.vhs.events.aws.internal",
        }.ToJsonString());
        (await TellAsync("DescribeRule", $$"""{"Name":"{{Rule}}","EventBusName":"mine"}""")).Should().Contain("\"ManagedBy\":\"prod.vhs.events.aws.internal\"");
        var target = JsonNode.Parse(await TellAsync("ListTargetsByRule", $$"""{"Rule":"{{Rule}}","EventBusName":"mine"}"""))!["Targets"]![0]!;
        ((string)target["Id"]!, (string)target["Arn"]!, (string)target["InputTransformer"]!["InputTemplate"]!).Should().Be(
            (Rule, "arn:aws:events:us-east-1:::", $$"""{"archive-arn": "{{Arn("kept")}}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}"""));
        foreach (var (operation, member, more) in new[] { ("PutRule", "Name", ",\"EventPattern\":\"{}\""), ("DeleteRule", "Name", ""), ("DisableRule", "Name", ""), ("RemoveTargets", "Rule", ",\"Ids\":[\"x\"]") })
        {
            (await RefusalAsync(operation, $$"""{"{{member}}":"{{Rule}}","EventBusName":"mine"{{more}}}""")).Should().StartWith("400 ManagedRuleException");
        }

        await TellAsync("DeleteArchive", """{"ArchiveName":"kept"}""");
        (await TellAsync("ListRules", """{"EventBusName":"mine"}""")).Should().Be("""{"Rules":[]}""");
    }

    [Fact]
    public async Task A_pattern_that_is_not_valid_is_refused_and_changes_nothing()
    {
        await CreateAsync("kept", "mine");

        (await RefusalAsync("CreateArchive", $$"""{"ArchiveName":"new","EventSourceArn":"{{BusArn("mine")}}","EventPattern":"{\"source\":1}"}""")).Should().StartWith("400 InvalidEventPatternException: ");
        (await RefusalAsync("UpdateArchive", """{"ArchiveName":"kept","EventPattern":"[]"}""")).Should().StartWith("400 InvalidEventPatternException: ");
        (await TellAsync("ListArchives", "{}")).Should().NotContain("new");
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().NotContain("EventPattern");
    }

    /// <summary>test_list_archive_with_events: ten events of 159 bytes each.</summary>
    [Theory]
    [InlineData("events", "")]
    [InlineData("mine", "")]
    [InlineData("events", """{\"source\":[\"core.update-account-command\"],\"detail-type\":[\"core.update-account-command\"],\"detail\":{\"command\":[\"update-account\"]}}""")]
    [InlineData("mine", """{\"source\":[\"core.update-account-command\"],\"detail-type\":[\"core.update-account-command\"],\"detail\":{\"command\":[\"update-account\"]}}""")]
    public async Task An_archive_tells_how_many_events_it_keeps_and_their_size(string bus, string pattern)
    {
        var entry = $$$"""{"EventBusName":"{{{bus}}}","Source":"core.update-account-command","DetailType":"core.update-account-command","Detail":"{\"command\": \"update-account\", \"payload\": {\"acc_id\": \"0a787ecb-4015\", \"sf_id\": \"baz\"}}"}""";
        await CreateAsync("kept", bus, pattern);

        await TellAsync("PutEvents", $$"""{"Entries":[{{string.Join(',', Enumerable.Repeat(entry, 10))}}]}""");

        (await TellAsync("ListArchives", """{"NamePrefix":"kept"}""")).Should().Contain("\"SizeBytes\":1590,\"EventCount\":10");
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().Contain("\"SizeBytes\":1590,\"EventCount\":10");
    }

    /// <summary>test_list_archive_with_name_prefix, test_list_archive_with_source_arn, test_list_archive_state_enabled; the pages are of the API Reference.</summary>
    [Fact]
    public async Task Archives_of_all_buses_are_listed_in_pages()
    {
        await CreateAsync("c", "mine");
        await CreateAsync("a", "mine");
        await CreateAsync("b", "events");

        async Task<string> NamesAsync(string request) => string.Join(' ', JsonNode.Parse(await TellAsync("ListArchives", request))!["Archives"]!.AsArray().Select(static archive => (string)archive!["ArchiveName"]!));
        (await NamesAsync("{}")).Should().Be("a b c");
        (await NamesAsync($$"""{"EventSourceArn":"{{BusArn("mine")}}"}""")).Should().Be("a c");
        (await NamesAsync("""{"NamePrefix":"b"}""")).Should().Be("b");
        (await NamesAsync("""{"State":"ENABLED"}""")).Should().Be("a b c");
        var token = (string)JsonNode.Parse(await TellAsync("ListArchives", """{"Limit":2}"""))!["NextToken"]!;
        (await NamesAsync($$"""{"Limit":2,"NextToken":"{{token}}"}""")).Should().Be("c");
    }

    /// <summary>test_start_list_describe_canceled_replay, for the replay that ends.</summary>
    [Theory]
    [InlineData("events", "rule")]
    [InlineData("mine", "mine/rule")]
    public async Task A_replay_delivers_what_an_archive_kept_and_tells_its_times(string bus, string rule)
    {
        await TellAsync("PutRule", $$"""{"Name":"rule","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"core\"]}"}""");
        await TellAsync("PutTargets", $$"""{"Rule":"rule","EventBusName":"{{bus}}","Targets":[{"Id":"1","Arn":"{{Plain}}"},{"Id":"2","Arn":"arn:aws:sqs:us-east-1:000000000000:none"}]}""");
        await CreateAsync("kept", bus, Pattern);
        await TellAsync("PutEvents", $$"""{"Entries":[{{Entry(bus, "update")}},{{Entry(bus, "other")}},{{Entry(bus, "update")}}]}""");
        (await NextAsync(3)).Should().OnlyContain(static item => item["replay-name"] == null);
        var name = rule == "rule" ? "rule/events/rule" : $"rule/{rule}";
        var request = $$"""
            {"ReplayName":"again","EventSourceArn":"{{Arn("kept")}}","Description":"my replay","EventStartTime":1795521600,"EventEndTime":1795521660,
             "Destination":{"Arn":"{{BusArn(bus)}}","FilterArns":["arn:aws:events:us-east-1:000000000000:{{name}}"]} }
            """;
        var listed = $$"""
            "ReplayName":"again","EventSourceArn":"{{Arn("kept")}}","State":"COMPLETED","EventStartTime":1795521600,"EventEndTime":1795521660,
            "EventLastReplayedTime":1795521600,"ReplayStartTime":1795521600,"ReplayEndTime":1795521600
            """;

        (await TellAsync("StartReplay", request)).Should().Be("""{"ReplayArn":"arn:aws:events:us-east-1:000000000000:replay/again","State":"STARTING","ReplayStartTime":1795521600}""");

        (await NextAsync(2)).Should().OnlyContain(static item => (string)item["replay-name"]! == "again" && (string)item["detail"]!["command"]! == "update");
        await EndedAsync("again");
        (await TellAsync("ListReplays", """{"NamePrefix":"again"}""")).Should().Be(EndpointResponse.Compact($$"""{"Replays":[{{{listed}}}]}"""));
        (await TellAsync("ListReplays", """{"State":"COMPLETED"}""")).Should().Be(EndpointResponse.Compact($$"""{"Replays":[{{{listed}}}]}"""));
        (await TellAsync("ListReplays", """{"State":"FAILED"}""")).Should().Be("""{"Replays":[]}""");
        (await TellAsync("DescribeReplay", """{"ReplayName":"again"}""")).Should().Be(EndpointResponse.Compact($$"""
            {{{listed}},"ReplayArn":"arn:aws:events:us-east-1:000000000000:replay/again",
             "Destination":{"Arn":"{{BusArn(bus)}}","FilterArns":["arn:aws:events:us-east-1:000000000000:{{name}}"]},"Description":"my replay"}
            """));
        (await RefusalAsync("CancelReplay", """{"ReplayName":"again"}""")).Should().Be("400 IllegalStatusException: Replay again is not in a valid state for this operation.");
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().Contain("\"EventCount\":2", "replayed events are not archived again");
    }

    /// <summary>test_start_replay_error_duplicate_different_archive, test_start_replay_error_unknown_event_bus.</summary>
    [Fact]
    public async Task The_name_of_a_replay_is_used_once_and_its_events_go_to_the_bus_of_the_archive()
    {
        await CreateAsync("one", "mine");
        await CreateAsync("two", "events");
        static string Replay(string archive, string bus) => $$"""{"ReplayName":"again","EventSourceArn":"{{Arn(archive)}}","EventStartTime":1,"EventEndTime":2,"Destination":{"Arn":"{{BusArn(bus)}}"} }""";

        (await RefusalAsync("StartReplay", Replay("one", "none"))).Should().Be("400 ResourceNotFoundException: Event bus none does not exist.");
        (await RefusalAsync("StartReplay", Replay("one", "events"))).Should().Be("400 ValidationException: Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        await TellAsync("StartReplay", Replay("one", "mine"));
        (await RefusalAsync("StartReplay", Replay("two", "events"))).Should().Be("400 ResourceAlreadyExistsException: Replay again already exists.");
        (await RefusalAsync("CancelReplay", """{"ReplayName":"none"}""")).Should().Be("400 ResourceNotFoundException: Replay none does not exist.");
    }

    [Fact]
    public async Task An_archive_keeps_events_for_its_days()
    {
        await TellAsync("CreateArchive", $$"""{"ArchiveName":"day","EventSourceArn":"{{BusArn("mine")}}","RetentionDays":1}""");
        await CreateAsync("all", "mine");
        for (var i = 0; i < 130; i++)
        {
            await TellAsync("PutEvents", $$"""{"Entries":[{{Entry("mine", "old")}}]}""");
        }

        _clock.Advance(TimeSpan.FromHours(25));
        await TellAsync("PutEvents", $$"""{"Entries":[{{Entry("mine", "new")}}]}""");

        (await CountAsync("day")).Should().Be(1);
        (await CountAsync("all")).Should().Be(131);
    }

    [Fact]
    public async Task Archives_are_there_again_after_a_restart_and_go_with_their_bus()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, async buses =>
        {
            var bus = (await buses.CreateAsync(new EventBusOptions("mine"), null)).Bus;
            await bus.Archives.CreateAsync("kept", static archive => archive with { Pattern = """{"detail":{"command":["update"]}}""", Description = "my archive", RetentionDays = 7 });
            await bus.PutEventsAsync([Published("update"), Published("other")]);
            await bus.Replays.StartAsync("again", DateTimeOffset.UnixEpoch, _clock.GetUtcNow(), archive: "kept", description: "my replay");
        });

        await RunAsync(folder.Path, async buses =>
        {
            await buses.RestoreAsync(new EventBusOptions("default"));
            var bus = buses.Find("mine")!.Bus;
            var archive = bus.Archives.All.Should().ContainSingle().Subject;
            archive.State.Should().Be(new ArchiveState("kept", Arn("kept"), """{"detail":{"command":["update"]}}""") { Description = "my archive", RetentionDays = 7, Created = _clock.GetUtcNow() });
            await bus.PutEventsAsync([Published("other"), Published("update")]);
            (await archive.TotalsAsync()).Events.Should().Be(2);
            (await bus.Replays.ListAsync()).Should().ContainSingle().Which.Should().BeEquivalentTo(
                new { Name = "again", Archive = "kept", Description = "my replay", Status = ReplayStatus.Starting, Started = _clock.GetUtcNow() });
            await buses.DeleteAsync(buses.Find("mine")!);
            await buses.CreateAsync(new EventBusOptions("mine"), null);
        });

        await RunAsync(folder.Path, async buses =>
        {
            await buses.RestoreAsync(new EventBusOptions("default"));
            var bus = buses.Find("mine")!.Bus;
            bus.Archives.All.Should().BeEmpty();
            (await bus.Replays.ListAsync()).Should().BeEmpty();
        });
    }

    private static BusEntry Published(string command) => new("core", "Told", Encoding.UTF8.GetBytes($$"""{"command":"{{command}}"}"""));

    private static string Entry(string bus, string command) => $$"""{"EventBusName":"{{bus}}","Source":"core","DetailType":"Told","Detail":"{\"command\":\"{{command}}\"}"}""";

    private static string Arn(string archive) => $"arn:aws:events:us-east-1:000000000000:archive/{archive}";

    private static string BusArn(string bus) => $"arn:aws:events:us-east-1:000000000000:event-bus/{bus}";

    private async Task RunAsync(string folder, Func<BusCatalog, Task> work)
    {
        await using var database = Database.OpenFile(Path.Combine(folder, "test.db"));
        using var buses = new BusCatalog(database, _clock, new Random(1), Substitute.For<IRuleTargets>());
        await work(buses);
    }

    private async Task CreateAsync(string name, string bus, string pattern = "")
    {
        var member = pattern.Length > 0 ? $",\"EventPattern\":\"{pattern}\"" : "";
        (await TellAsync("CreateArchive", $$"""{"ArchiveName":"{{name}}","EventSourceArn":"{{BusArn(bus)}}"{{member}}}""")).Should().Contain("ENABLED");
    }

    private async Task<int> CountAsync(string archive) => (int)JsonNode.Parse(await TellAsync("DescribeArchive", $$"""{"ArchiveName":"{{archive}}"}"""))!["EventCount"]!;

    private async Task EndedAsync(string replay)
    {
        while (!(await TellAsync("DescribeReplay", $$"""{"ReplayName":"{{replay}}"}""")).Contains("ReplayEndTime", StringComparison.Ordinal))
        {
        }
    }

    private async Task<List<JsonNode>> NextAsync(int count)
    {
        var events = new List<JsonNode>();
        while (events.Count < count)
        {
            events.AddRange((await _endpoint.Plain.ReceiveAsync(count - events.Count)).Select(static message => JsonNode.Parse(message.Body.Span)!));
        }

        return events;
    }

    private async Task<string> TellAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Json;

    private async Task<string> RefusalAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Refusal;
}
