using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Tests.Buses;
using NSubstitute;

namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>The whole responses of EventBridge's operations. The bus does not run until a test starts it: its database in memory is for one thread, here the endpoint's.</summary>
public sealed partial class EventBridgeServiceTests : IAsyncLifetime
{
    private const string Bus = "arn:aws:events:us-east-1:000000000000:event-bus/bus";

    private const string Archive = "arn:aws:events:us-east-1:000000000000:archive/kept";

    private const string Times = "\"EventStartTime\":1795500000,\"EventEndTime\":1795600000.5";

    private BusBed _bed = null!;
    private RuleBook _book = null!;
    private BusCatalog _buses = null!;
    private EmulatorEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _bed = await BusBed.OpenAsync(bed =>
        {
            bed.AddRule();
            bed.AddRule("sold", """{"detail-type":["Sold"]}""", attempts: 3);
        });
        _buses = new BusCatalog(_bed.Database, _bed.Time, new Random(1), Substitute.For<IRuleTargets>());
        _buses.Add(_bed.Bus, _book = new RuleBook(_bed.Bus, _bed.Database, Substitute.For<IRuleTargets>()));
        _endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Services = [new EventBridgeService(_buses, _bed.Bus)],
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_endpoint.Port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
        _buses.Dispose();
        _book.Dispose();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task A_bus_is_described_by_its_name_or_arn_and_listed()
    {
        const string Described = $$"""{"Name":"bus","Arn":"{{Bus}}"}""";

        (await TellAsync("DescribeEventBus", """{"Name":"bus"}""")).Should().Be(Described);
        (await TellAsync("DescribeEventBus", $$"""{"Name":"{{Bus}}"}""")).Should().Be(Described);
        (await TellAsync("ListEventBuses", "{}")).Should().Be($$"""{"EventBuses":[{{Described}}]}""");
    }

    [Fact]
    public async Task Rules_are_listed_by_prefix_and_described()
    {
        var all = EndpointResponse.Compact($$"""{"Name":"all","Arn":"{{Rule("all")}}","EventPattern":"{\"source\":[{\"prefix\":\"\"}]}","State":"ENABLED","EventBusName":"bus"}""");
        var sold = EndpointResponse.Compact($$"""{"Name":"sold","Arn":"{{Rule("sold")}}","EventPattern":"{\"detail-type\":[\"Sold\"]}","State":"ENABLED","EventBusName":"bus"}""");

        (await TellAsync("ListRules", $$"""{"EventBusName":"{{Bus}}"}""")).Should().Be($$"""{"Rules":[{{all}},{{sold}}]}""");
        (await TellAsync("ListRules", """{"NamePrefix":"s"}""")).Should().Be($$"""{"Rules":[{{sold}}]}""");
        (await TellAsync("ListRules", """{"NamePrefix":"x"}""")).Should().Be("""{"Rules":[]}""");
        (await TellAsync("DescribeRule", """{"Name":"sold","EventBusName":"bus"}""")).Should().Be(sold[..^1] + ",\"CreatedBy\":\"000000000000\"}");
    }

    [Fact]
    public async Task The_target_of_a_rule_is_listed_with_its_retry_policy() =>
        (await TellAsync("ListTargetsByRule", """{"Rule":"sold"}""")).Should().Be(EndpointResponse.Compact("""
            {"Targets":[{"Id":"target","Arn":"arn:aws:lambda:us-east-1:000000000000:function:fake","RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":86400}}]}
            """));

    [Theory]
    [InlineData(null, "")]
    [InlineData("""{"source":["shop"]}""", ",\"EventPattern\":\"{\\\"source\\\":[\\\"shop\\\"]}\"")]
    public async Task An_archive_is_listed_and_described(string? pattern, string told)
    {
        (await TellAsync("ListArchives", "{}")).Should().Be("""{"Archives":[]}""");
        _bed.Bus.Archive.Keep(pattern, "kept");
        var archive = $$"""{"ArchiveName":"kept","EventSourceArn":"{{Bus}}","State":"ENABLED","RetentionDays":0,"SizeBytes":0,"EventCount":0""";

        (await TellAsync("ListArchives", "{}")).Should().Be($$"""{"Archives":[{{archive}}}]}""");
        (await TellAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Should().Be($$"""{{archive}},"ArchiveArn":"{{Archive}}"{{told}}}""");
    }

    [Fact]
    public async Task A_replay_that_has_not_begun_is_described_and_listed()
    {
        _bed.Bus.Archive.Keep(name: "kept");
        var members = $$"""
            "ReplayName":"one","EventSourceArn":"{{Archive}}","State":"STARTING",{{Times}},"ReplayStartTime":1795509000
            """;

        (await TellAsync("StartReplay", Replay("one", $$""","FilterArns":["{{Rule("sold")}}"]"""))).Should().Be(
            """{"ReplayArn":"arn:aws:events:us-east-1:000000000000:replay/one","State":"STARTING","ReplayStartTime":1795509000}""");
        (await TellAsync("StartReplay", Replay("two"))).Should().Contain("replay/two");
        (await TellAsync("DescribeReplay", """{"ReplayName":"one"}""")).Should().Be(EndpointResponse.Compact($$$"""{{{{members}}},"ReplayArn":"arn:aws:events:us-east-1:000000000000:replay/one","Destination":{"Arn":"{{{Bus}}}","FilterArns":["{{{Rule("sold")}}}"]}}"""));
        (await TellAsync("DescribeReplay", """{"ReplayName":"two"}""")).Should().EndWith("\"FilterArns\":[]}}");
        (await TellAsync("ListReplays", """{"NamePrefix":"o"}""")).Should().Be(EndpointResponse.Compact($$"""{"Replays":[{{{members}}}]}"""));
        (await TellAsync("ListReplays", "{}")).Should().Contain("\"one\"").And.Contain("\"two\"");
        (await TellAsync("StartReplay", Replay("one"))).Should().StartWith("400 {\"__type\":\"ResourceAlreadyExistsException\"");
    }

    [Fact]
    public async Task A_replay_has_the_time_of_its_last_replayed_event()
    {
        _bed.Bus.Archive.Keep(name: "kept");
        await _bed.PutAsync(1);
        await _bed.Bus.Replays.PlayAsync("one", DateTimeOffset.FromUnixTimeSeconds(1795500000), DateTimeOffset.FromUnixTimeSeconds(1795600000));

        (await TellAsync("ListReplays", "{}")).Should().Be(EndpointResponse.Compact($$"""
            {"Replays":[{
                "ReplayName":"one","EventSourceArn":"{{Archive}}","State":"COMPLETED",
                "EventStartTime":1795500000,"EventEndTime":1795600000,"EventLastReplayedTime":1795509000,"ReplayStartTime":1795509000,"ReplayEndTime":1795509000}]}
            """));
    }

    /// <summary>Recorded on AWS: test_start_list_describe_canceled_replay, for the replay that is cancelled before it has replayed anything.</summary>
    [Fact]
    public async Task A_replay_that_is_cancelled_replays_nothing_more_and_ends_while_the_bus_runs()
    {
        _bed.Bus.Archive.Keep(name: "kept");
        await _bed.PutAsync(1);
        await TellAsync("StartReplay", Replay("one"));

        (await TellAsync("CancelReplay", """{"ReplayName":"one"}""")).Should().Be("""{"ReplayArn":"arn:aws:events:us-east-1:000000000000:replay/one","State":"CANCELLING"}""");
        (await TellAsync("DescribeReplay", """{"ReplayName":"one"}""")).Should().Contain("\"State\":\"CANCELLING\"").And.Contain("ReplayStartTime").And.NotContain("ReplayEndTime");
        (await CallAsync("CancelReplay", """{"ReplayName":"one"}""")).Refusal.Should().Be("400 IllegalStatusException: Replay one is not in a valid state for this operation.");
        _bed.Run();
        var ended = (await EndedAsync()).Single();

        (ended.Status, ended.IsDone, ended.LastPlayed, ended.Ended).Should().Be((ReplayStatus.Cancelled, true, null, _bed.Time.GetUtcNow()));
        _bed.Target.Events.Should().OnlyContain(static item => item["replay-name"] == null);
    }

    /// <summary>Recorded on AWS: tests_concurrency_error_too_many_active_replays.</summary>
    [Fact]
    public async Task Ten_replays_may_run_at_once()
    {
        _bed.Bus.Archive.Keep(name: "kept");
        for (var i = 0; i < 10; i++)
        {
            await TellAsync("StartReplay", Replay($"replay-{i}"));
        }

        (await CallAsync("StartReplay", Replay("replay-10"))).Refusal.Should().Be("400 LimitExceededException: The requested resource exceeds the maximum number allowed.");
        await TellAsync("CancelReplay", """{"ReplayName":"replay-0"}""");
        (await TellAsync("StartReplay", Replay("replay-11"))).Should().Contain("STARTING", "one that is cancelled does not count");
        _bed.Run();
        await EndedAsync();

        (await TellAsync("StartReplay", Replay("replay-10"))).Should().Contain("STARTING");
    }

    [Fact]
    public async Task A_replay_fails_if_its_archive_is_deleted()
    {
        await TellAsync("CreateArchive", $$"""{"ArchiveName":"mine","EventSourceArn":"{{Bus}}"}""");
        await _bed.PutAsync(1);
        await TellAsync("StartReplay", Replay("one").Replace("archive/kept", "archive/mine", StringComparison.Ordinal));

        await TellAsync("DeleteArchive", """{"ArchiveName":"mine"}""");

        (await TellAsync("DescribeReplay", """{"ReplayName":"one"}""")).Should().Contain("\"State\":\"FAILED\"").And.Contain("archive/mine");
    }

    [Fact]
    public async Task Each_event_has_a_result_and_events_for_another_bus_are_lost_as_with_AWS()
    {
        var answer = await TellAsync("PutEvents", $$"""
            {"Entries":[
                {"Source":"shop","DetailType":"Sold","Detail":"{\"n\":1}","EventBusName":"bus","Time":1795500000.5,"Resources":["arn:one","arn:two"]},
                {"Source":"shop","DetailType":"Sold","Detail":"{\"n\":2}","EventBusName":"other"},
                {"Source":"shop","DetailType":"Sold","Detail":"{\"n\":3}"},
                {"Source":"shop","DetailType":"Sold","Detail":"[]","EventBusName":"{{Bus}}"},
                {"Source":"shop","DetailType":"Sold","Detail":"{\"n\":4}","EventBusName":"{{Bus}}","Time":null}]}
            """);
        _bed.Run();
        await _bed.StopAsync();

        answer.Should().Be(EndpointResponse.Compact("""
            {"FailedEntryCount":1,"Entries":[{"EventId":"(id)"},{"EventId":"(id)"},{"EventId":"(id)"},{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."},{"EventId":"(id)"}]}
            """));
        _bed.Target.Events.Should().HaveCount(4, "each of two events goes to two rules");
        EndpointResponse.Compact(Id().Replace(_bed.Target.Events.First(sent => (int)sent["detail"]!["n"]! == 1).ToJsonString(), "(id)")).Should().Be(EndpointResponse.Compact("""
            {"version":"0","id":"(id)","detail-type":"Sold","source":"shop","account":"000000000000","time":"2026-11-24T06:00:00Z","region":"us-east-1","resources":["arn:one","arn:two"],"detail":{"n":1}}
            """));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(11, 0)]
    [InlineData(0, 11)]
    [InlineData(6, 5)]
    public async Task A_call_has_1_to_10_entries_for_any_bus(int foreign, int own)
    {
        var buses = Enumerable.Repeat("other", foreign).Concat(Enumerable.Repeat("bus", own));
        var list = string.Join(',', buses.Select(bus => $$"""{"Source":"shop","DetailType":"Sold","Detail":"{}","EventBusName":"{{bus}}"}"""));

        (await CallAsync("PutEvents", $$"""{"Entries":[{{list}}]}""")).Refusal.Should().Be(
            "400 ValidationException: 1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have 1 to 10 entries.");
    }

    [Theory]
    [InlineData("DescribeEventBus", "{}", "ResourceNotFoundException: Event bus default does not exist.")]
    [InlineData("DescribeEventBus", """{"Name":"other"}""", "ResourceNotFoundException: Event bus other does not exist.")]
    [InlineData("ListRules", """{"EventBusName":"other"}""", "ResourceNotFoundException: Event bus other does not exist.")]
    [InlineData("DescribeRule", """{"Name":"other"}""", "ResourceNotFoundException: Rule other does not exist on EventBus bus.")]
    [InlineData("ListTargetsByRule", """{"Rule":"other"}""", "ResourceNotFoundException: Rule other does not exist on EventBus bus.")]
    [InlineData("ListTargetsByRule", "{}", "ValidationException: The request must contain the parameter Rule.")]
    [InlineData("DescribeArchive", """{"ArchiveName":"other"}""", "ResourceNotFoundException: Archive other does not exist.")]
    [InlineData("DescribeReplay", """{"ReplayName":"other"}""", "ResourceNotFoundException: Replay other does not exist.")]
    [InlineData("StartReplay", "{}", "ValidationException: The request must contain the parameter ReplayName.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventStartTime":1}""", "ValidationException: EventStartTime and EventEndTime are required.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventEndTime":1}""", "ValidationException: EventStartTime and EventEndTime are required.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventStartTime":2,"EventEndTime":1}""", "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventStartTime":"now","EventEndTime":1}""", "SerializationException: EventStartTime is now, where epoch seconds belong.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventStartTime":0,"EventEndTime":100000000000}""", "SerializationException: EventEndTime is 100000000000, where epoch seconds belong.")]
    [InlineData("StartReplay", """{"ReplayName":"one","EventStartTime":1,"EventEndTime":2,"EventSourceArn":"arn:none"}""", "ValidationException: Parameter EventSourceArn is not valid. Reason: Archive arn:none does not exist.")]
    [InlineData("StartReplay", $$"""{"ReplayName":"one","EventStartTime":1,"EventEndTime":2,"EventSourceArn":"{{Archive}}"}""", "ValidationException: 1 validation error detected: Value null at 'destination' failed to satisfy constraint: Member must not be null")]
    [InlineData("StartReplay", $$"""{"ReplayName":"one","EventStartTime":1,"EventEndTime":2,"EventSourceArn":"{{Archive}}","Destination":{"Arn":"arn:other"} }""", "ResourceNotFoundException: Event bus arn:other does not exist.")]
    [InlineData("StartReplay", $$"""{"ReplayName":"one","EventStartTime":1,"EventEndTime":2,"EventSourceArn":"{{Archive}}","Destination":{"Arn":"{{Bus}}","FilterArns":["arn:none"]} }""", "ResourceNotFoundException: A rule of FilterArns does not exist.")]
    [InlineData("CreateApiDestination", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal)
    {
        _bed.Bus.Archive.Keep(name: "kept");

        var answer = await CallAsync(operation, body);

        answer.Refusal.Should().Be($"400 {refusal}");
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
    }

    [Fact]
    public async Task Without_an_archive_none_is_described_or_replayed()
    {
        (await CallAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).Refusal.Should().Be("400 ResourceNotFoundException: Archive kept does not exist.");
        (await CallAsync("StartReplay", Replay("one"))).Refusal.Should().Be("400 ValidationException: Parameter EventSourceArn is not valid. Reason: Archive kept does not exist.");
    }

    private async Task<List<ReplayState>> EndedAsync()
    {
        while (true)
        {
            var replays = await _bed.Bus.Replays.ListAsync();
            if (replays.TrueForAll(static replay => replay.IsDone))
            {
                return replays;
            }
        }
    }

    private static string Rule(string name) => $"arn:aws:events:us-east-1:000000000000:rule/bus/{name}";

    private static string Replay(string name, string more = "") =>
        $$$"""{"ReplayName":"{{{name}}}","EventSourceArn":"{{{Archive}}}",{{{Times}}},"Destination":{"Arn":"{{{Bus}}}"{{{more}}}}}""";

    private Task<EndpointResponse> CallAsync(string operation, string body) => EndpointResponse.ToAsync(_http, $"AWSEvents.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => (await CallAsync(operation, body)).Json;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
