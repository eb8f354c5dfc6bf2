using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>EventBridge's JSON protocol in front of one bus: PutEvents, rules and targets, replays, and calls that look at the bus and its archive.</summary>
/// <param name="bus">The bus.</param>
/// <param name="book">The rules that clients make.</param>
public sealed class EventBridgeService(EventBus bus, RuleBook book) : IJsonService
{
    private readonly RuleCalls _rules = new(bus, book);

    public string TargetPrefix => "AWSEvents";

    public string ContentType => "application/x-amz-json-1.1";

    /// <summary>Room for 1 MB of events (<see cref="BusLimits.MaxRequestBytes"/>), even with most characters escaped.</summary>
    public int MaxBodyBytes => 6 * 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => EventBridgeShapes.Operations;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        CheckBus(call);
        var response = operation switch
        {
            "PutEvents" => await PutAsync(call),
            "DescribeEventBus" => Describe(call),
            "ListEventBuses" => new JsonObject { ["EventBuses"] = new JsonArray(Bus()) },
            "ListRules" => _rules.List(call),
            "DescribeRule" => _rules.Describe(call),
            "PutRule" => await _rules.PutAsync(call),
            "DeleteRule" => await _rules.DeleteAsync(call),
            "EnableRule" => await _rules.EnableAsync(call, isEnabled: true),
            "DisableRule" => await _rules.EnableAsync(call, isEnabled: false),
            "ListTargetsByRule" => _rules.ListTargets(call),
            "ListRuleNamesByTarget" => _rules.ListNamesByTarget(call),
            "PutTargets" => await _rules.PutTargetsAsync(call),
            "RemoveTargets" => await _rules.RemoveTargetsAsync(call),
            "TestEventPattern" => PatternCalls.Test(call),
            "ListArchives" => ReplayCalls.ListArchives(bus),
            "DescribeArchive" => ReplayCalls.DescribeArchive(bus, call),
            "StartReplay" => await ReplayCalls.StartAsync(bus, call),
            "DescribeReplay" => await ReplayCalls.DescribeAsync(bus, call),
            "ListReplays" => await ReplayCalls.ListAsync(bus, call),
            _ => throw new UnreachableException(),
        };
        response.WriteTo(answer);
    }

    private async Task<JsonObject> PutAsync(JsonRequest call)
    {
        var entries = call.Objects("Entries").Select(entry => (IsOwn: IsThisBus(entry.Text("EventBusName") ?? "default"), Json: entry)).ToList();
        List<BusEntry> own = [.. entries.Where(entry => entry.IsOwn).Select(entry => Entry(entry.Json))];
        EventBus.CheckCount(entries.Count);
        var results = new Queue<PutEventResult>(own.Count > 0 ? await bus.PutEventsAsync(own) : []);
        return new JsonObject
        {
            ["FailedEntryCount"] = results.Count(result => result.ErrorCode is not null),

            // For a bus that does not exist EventBridge returns an event id, and the event is lost.
            ["Entries"] = new JsonArray([.. entries.Select(entry => Result(entry.IsOwn ? results.Dequeue() : new PutEventResult(Guid.Empty.ToString(), null, null)))]),
        };
    }

    private static JsonObject Result(PutEventResult result) => result.EventId is { } id
        ? new() { ["EventId"] = id }
        : new() { ["ErrorCode"] = result.ErrorCode, ["ErrorMessage"] = result.ErrorMessage };

    private static BusEntry Entry(JsonRequest entry) => new(
        entry.Text("Source"), entry.Text("DetailType"), entry.Utf8("Detail"), EpochTime.Read(entry, "Time"), [.. entry.Texts("Resources")], entry.Text("TraceHeader"));

    private JsonObject Describe(JsonRequest call)
    {
        var name = call.Text("Name") ?? "default";
        return IsThisBus(name) ? Bus() : throw NoBus(name);
    }

    /// <summary>Refuses calls about the rules of another bus.</summary>
    private void CheckBus(JsonRequest call)
    {
        if (call.Text("EventBusName") is { } name && !IsThisBus(name))
        {
            throw NoBus(name);
        }
    }

    private JsonObject Bus() => new() { ["Name"] = bus.Options.Name, ["Arn"] = bus.Options.Arn };

    private static AwsException NoBus(string name) => new("ResourceNotFoundException", $"Event bus {name} does not exist.");

    private bool IsThisBus(string nameOrArn) => nameOrArn == bus.Options.Name || nameOrArn == bus.Options.Arn;
}
