using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>EventBridge's JSON protocol in front of the buses: PutEvents, rules and targets, archives, replays, and calls that make, look at and delete buses.</summary>
/// <param name="buses">The buses.</param>
/// <param name="bus">The bus of the program.</param>
public sealed class EventBridgeService(BusCatalog buses, EventBus bus) : IJsonService
{
    private readonly BusCalls _buses = new(buses, bus.Options);

    public string TargetPrefix => "AWSEvents";

    public string ContentType => "application/x-amz-json-1.1";

    /// <summary>Room for 1 MB of events (<see cref="BusLimits.MaxRequestBytes"/>), even with most characters escaped.</summary>
    public int MaxBodyBytes => 6 * 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => EventBridgeShapes.Operations;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        var (rules, archives) = (Rules(call), new ArchiveCalls(buses));
        var replays = new ReplayCalls(buses, archives);
        var response = operation switch
        {
            "PutEvents" => await PutAsync(call),
            "CreateEventBus" => await _buses.CreateAsync(call),
            "DeleteEventBus" => await _buses.DeleteAsync(call),
            "DescribeEventBus" => _buses.Describe(call),
            "ListEventBuses" => _buses.List(call),
            "ListRules" => rules.List(call),
            "DescribeRule" => rules.Describe(call),
            "PutRule" => await rules.PutAsync(call),
            "DeleteRule" => await rules.DeleteAsync(call),
            "EnableRule" => await rules.EnableAsync(call, isEnabled: true),
            "DisableRule" => await rules.EnableAsync(call, isEnabled: false),
            "ListTargetsByRule" => rules.ListTargets(call),
            "ListRuleNamesByTarget" => rules.ListNamesByTarget(call),
            "PutTargets" => await rules.PutTargetsAsync(call),
            "RemoveTargets" => await rules.RemoveTargetsAsync(call),
            "TestEventPattern" => PatternCalls.Test(call),
            "CreateArchive" => await archives.CreateAsync(call),
            "UpdateArchive" => await archives.UpdateAsync(call),
            "DeleteArchive" => await archives.DeleteAsync(call),
            "DescribeArchive" => await archives.DescribeAsync(call),
            "ListArchives" => await archives.ListAsync(call),
            "StartReplay" => await replays.StartAsync(call),
            "CancelReplay" => await replays.CancelAsync(call),
            "DescribeReplay" => await replays.DescribeAsync(call),
            "ListReplays" => await replays.ListAsync(call),
            _ => throw new UnreachableException(),
        };
        response.WriteTo(answer);
    }

    private async Task<JsonObject> PutAsync(JsonRequest call)
    {
        var entries = call.Objects("Entries").Select(entry => (Bus: buses.Find(entry.Text("EventBusName") ?? BusCatalog.Default), Entry: Entry(entry))).ToList();
        EventBus.CheckCount(entries.Count);
        var results = new Dictionary<AccountBus, Queue<PutEventResult>>();
        foreach (var own in entries.Where(static entry => entry.Bus is not null).GroupBy(static entry => entry.Bus!))
        {
            results[own.Key] = new Queue<PutEventResult>(await own.Key.Bus.PutEventsAsync([.. own.Select(static entry => entry.Entry)]));
        }

        // For a bus that does not exist EventBridge returns an event id, and the event is lost.
        var answers = entries.ConvertAll(entry => entry.Bus is null ? new PutEventResult(Guid.Empty.ToString(), null, null) : results[entry.Bus].Dequeue());
        return new JsonObject { ["FailedEntryCount"] = answers.Count(static result => result.ErrorCode is not null), ["Entries"] = new JsonArray([.. answers.Select(Result)]) };
    }

    private static JsonObject Result(PutEventResult result) => result.EventId is { } id
        ? new() { ["EventId"] = id }
        : new() { ["ErrorCode"] = result.ErrorCode, ["ErrorMessage"] = result.ErrorMessage };

    private static BusEntry Entry(JsonRequest entry) => new(
        entry.Text("Source"), entry.Text("DetailType"), entry.Utf8("Detail"), EpochTime.Read(entry, "Time"), [.. entry.Texts("Resources")], entry.Text("TraceHeader"));

    /// <summary>The calls about rules. The request names their bus; without a name it is the default bus, or that of the program in an account without a default bus.</summary>
    /// <exception cref="AwsException">There is no such bus.</exception>
    private RuleCalls Rules(JsonRequest call)
    {
        var found = call.Text("EventBusName") is { } name ? _buses.Find(name) : buses.Find(BusCatalog.Default) ?? buses.Find(bus.Options.Name)!;
        return new RuleCalls(found.Bus, found.Rules);
    }
}
