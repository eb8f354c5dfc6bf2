using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using NSubstitute;

namespace DataToEvents.Emulator.Tests.Http.EventBridge;

/// <summary>Buses that clients make. What is said of AWS was recorded by LocalStack (tests/aws/services/events/test_events.py, recorded in January and March 2025).</summary>
public sealed partial class OwnBusTests : IAsyncLifetime
{
    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    /// <summary>test_create_list_describe_delete_custom_event_buses in one region, test_create_multiple_event_buses_same_name, test_describe_delete_not_existing_event_bus.</summary>
    [Theory]
    [InlineData(",\"Description\":\"test bus\"")]
    [InlineData("")]
    public async Task A_bus_is_made_described_listed_and_deleted(string description)
    {
        var bus = $$"""{"Name":"mine","Arn":"{{Arn("mine")}}"{{description}},"CreationTime":0,"LastModifiedTime":0}""";

        (await TellAsync("CreateEventBus", $$"""{"Name":"mine"{{description}}}""")).Should().Be($$"""{"EventBusArn":"{{Arn("mine")}}"{{description}}}""");
        (await TellAsync("ListEventBuses", """{"NamePrefix":"mine"}""")).Should().Be($$"""{"EventBuses":[{{bus}}]}""");
        (await TellAsync("DescribeEventBus", """{"Name":"mine"}""")).Should().Be(bus);
        (await RefusalAsync("CreateEventBus", """{"Name":"mine"}""")).Should().Be("400 ResourceAlreadyExistsException: Event bus mine already exists.");
        (await RefusalAsync("CreateEventBus", """{"Name":"events"}""")).Should().Be("400 ResourceAlreadyExistsException: Event bus events already exists.");
        (await TellAsync("DeleteEventBus", """{"Name":"mine"}""")).Should().Be("{}");
        (await TellAsync("ListEventBuses", """{"NamePrefix":"mine"}""")).Should().Be("""{"EventBuses":[]}""");
        (await RefusalAsync("DescribeEventBus", """{"Name":"mine"}""")).Should().Be("400 ResourceNotFoundException: Event bus mine does not exist.");
        (await RefusalAsync("DeleteEventBus", """{"Name":"mine"}""")).Should().Be("400 ResourceNotFoundException: Event bus mine does not exist.");
    }

    /// <summary>test_delete_default_event_bus: here the bus of the program; the others are of the API Reference.</summary>
    [Fact]
    public async Task The_bus_of_the_program_and_one_with_rules_are_not_deleted()
    {
        await TellAsync("CreateEventBus", """{"Name":"mine"}""");
        await TellAsync("PutRule", """{"Name":"rule","EventBusName":"mine","EventPattern":"{\"source\":[\"shop\"]}"}""");

        (await RefusalAsync("DeleteEventBus", """{"Name":"events"}""")).Should().Be("400 ValidationException: Cannot delete event bus events.");
        (await RefusalAsync("DeleteEventBus", """{"Name":"mine"}""")).Should().StartWith("400 ValidationException: Cannot delete event bus mine: ");
        (await RefusalAsync("CreateEventBus", """{"Name":"a/b"}""")).Should().StartWith("400 ValidationException: 1 validation error detected: Value 'a/b' at 'name' ");
        (await RefusalAsync("CreateEventBus", """{"Name":"new","Tags":[]}""")).Should().Be("400 ValidationException: CreateEventBus with Tags is not supported here.");
    }

    /// <summary>test_list_event_buses_with_prefix, test_list_event_buses_with_limit.</summary>
    [Fact]
    public async Task Buses_are_listed_by_prefix_in_pages()
    {
        for (var i = 0; i < 6; i++)
        {
            await TellAsync("CreateEventBus", $$"""{"Name":"mine-{{i}}"}""");
        }

        var first = JsonNode.Parse(await TellAsync("ListEventBuses", """{"NamePrefix":"mine","Limit":3}"""))!;
        var second = JsonNode.Parse(await TellAsync("ListEventBuses", $$"""{"NamePrefix":"mine","Limit":3,"NextToken":"{{first["NextToken"]}}"}"""))!;

        Names(first).Should().Equal("mine-0", "mine-1", "mine-2");
        Names(second).Should().Equal("mine-3", "mine-4", "mine-5");
        second["NextToken"].Should().BeNull();
        Names(JsonNode.Parse(await TellAsync("ListEventBuses", """{"NamePrefix":"mine-4"}"""))!).Should().Equal("mine-4");
    }

    /// <summary>test_put_events_nonexistent_event_bus.</summary>
    [Fact]
    public async Task Each_bus_has_rules_and_events_of_its_own()
    {
        await TellAsync("CreateEventBus", """{"Name":"mine"}""");
        (await TellAsync("PutRule", """{"Name":"rule","EventBusName":"mine","EventPattern":"{\"source\":[\"shop\"]}"}""")).Should().Be("""{"RuleArn":"arn:aws:events:us-east-1:000000000000:rule/mine/rule"}""");
        await TellAsync("PutTargets", $$"""{"Rule":"rule","EventBusName":"{{Arn("mine")}}","Targets":[{"Id":"1","Arn":"{{Plain}}","InputPath":"$.detail"}]}""");
        static string Entry(string bus, int n) => $$"""{"EventBusName":"{{bus}}","Source":"shop","DetailType":"Sold","Detail":"{\"n\":{{n}}}"}""";

        var put = JsonNode.Parse(await TellAsync("PutEvents", $$"""{"Entries":[{{Entry("events", 1)}},{{Entry("mine", 2)}},{{Entry("none", 3)}},{"EventBusName":"mine","Source":"shop","Detail":"{}"},{{Entry(Arn("mine"), 4)}}]}"""))!;

        ((int)put["FailedEntryCount"]!).Should().Be(1);
        put["Entries"]!.AsArray().Select(static entry => entry!["ErrorCode"] is null).Should().Equal(true, true, true, false, true);
        var received = new List<string>();
        while (received.Count < 2)
        {
            received.AddRange((await _endpoint.Plain.ReceiveAsync(10, wait: TimeSpan.FromMinutes(1))).Select(static message => Encoding.UTF8.GetString(message.Body.Span)));
        }

        received.Should().BeEquivalentTo("""{"n":2}""", """{"n":4}""");
        (await TellAsync("ListRules", """{"EventBusName":"mine"}""")).Should().Contain("\"Name\":\"rule\"").And.NotContain("\"Name\":\"all\"");
        (await TellAsync("ListRules", "{}")).Should().NotContain("\"Name\":\"rule\"");
        (await RefusalAsync("ListRules", """{"EventBusName":"none"}""")).Should().Be("400 ResourceNotFoundException: Event bus none does not exist.");
    }

    [Fact]
    public async Task A_bus_is_there_again_after_a_restart_with_its_rules_and_what_it_had_not_delivered()
    {
        using var folder = new TemporaryFolder();
        var taken = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var target = Substitute.For<IInvocable>();
        target.InvokeAsync(default, default(string), default).ReturnsForAnyArgs(call =>
        {
            taken.TrySetResult(call.Arg<ReadOnlyMemory<byte>>().ToArray());
            return Task.FromResult(InvocationResult.Success("null"u8.ToArray()));
        });
        var targets = Substitute.For<IRuleTargets>();
        targets.Target("arn:aws:lambda:us-east-1:000000000000:function:f", null).Returns(target);
        await RunAsync(folder.Path, targets, async buses =>
        {
            var bus = await buses.CreateAsync(new EventBusOptions("mine"), "my bus");
            await bus.Rules.ChangeAsync("rule", static _ => new ClientRule("rule", """{"source":["shop"]}""", IsEnabled: true, null)
            {
                Targets = [new ClientTarget(new JsonObject { ["Id"] = "1", ["Arn"] = "arn:aws:lambda:us-east-1:000000000000:function:f" })],
            });
            // Nothing runs the buses, so that the event stays.
            await bus.Bus.PutEventsAsync([new BusEntry("shop", "Sold", "{}"u8.ToArray())]);
            buses.Pending.Should().Be(1);
        });

        await RunAsync(folder.Path, targets, async buses =>
        {
            using var stop = new CancellationTokenSource();
            await buses.RestoreAsync(new EventBusOptions("default"));
            buses.All.Should().ContainSingle().Which.Description.Should().Be("my bus");
            var running = buses.RunAsync(stop.Token);
            Encoding.UTF8.GetString(await taken.Task).Should().Contain("\"source\":\"shop\"");
            await stop.CancelAsync();
            await running;
        });
    }

    private static async Task RunAsync(string folder, IRuleTargets targets, Func<BusCatalog, Task> work)
    {
        await using var database = Database.OpenFile(Path.Combine(folder, "test.db"));
        using var buses = new BusCatalog(database, TimeProvider.System, new Random(1), targets);
        await work(buses);
    }

    private static string Arn(string bus) => $"arn:aws:events:us-east-1:000000000000:event-bus/{bus}";

    private static IEnumerable<string> Names(JsonNode listing) => listing["EventBuses"]!.AsArray().Select(static bus => (string)bus!["Name"]!);

    private async Task<string> TellAsync(string operation, string body) => Time().Replace((await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Json, "Time\":0");

    private async Task<string> RefusalAsync(string operation, string body) => (await _endpoint.CallAsync($"AWSEvents.{operation}", body)).Refusal;

    [GeneratedRegex("Time\":[0-9.]+")]
    private static partial Regex Time();
}
