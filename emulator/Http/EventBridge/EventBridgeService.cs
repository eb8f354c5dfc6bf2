using System.Text.Json;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>EventBridge's JSON protocol before a bus: PutEvents, what is to be seen of the bus, its rules and its archive, and replays.</summary>
public sealed class EventBridgeService(EventBus bus) : IJsonService
{
    /// <summary>EventBridge takes less than 1 MB of events (facts.md, section 4); in JSON strings most characters may be escaped.</summary>
    private const int MaxBody = 6 * 1024 * 1024;

    public string TargetPrefix => "AWSEvents";

    public string ContentType => "application/x-amz-json-1.1";

    public int MaxBodyBytes => MaxBody;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(request);
        try
        {
            await AnswerAsync(operation, call, answer);
        }
        catch (BusException refused)
        {
            throw new AwsException(refused.Code, refused.Message);
        }
    }

    private async Task AnswerAsync(string operation, JsonRequest call, Utf8JsonWriter answer)
    {
        CheckBus(call);
        switch (operation)
        {
            case "PutEvents":
                await PutAsync(call, answer);
                break;
            case "DescribeEventBus":
                Describe(call, answer);
                break;
            case "ListEventBuses":
                List(answer);
                break;
            case "ListRules":
                RuleCalls.List(bus, call, answer);
                break;
            case "DescribeRule":
                RuleCalls.Describe(bus, call, answer);
                break;
            case "ListTargetsByRule":
                RuleCalls.ListTargets(bus, call, answer);
                break;
            case "ListArchives":
                ReplayCalls.ListArchives(bus, answer);
                break;
            case "DescribeArchive":
                ReplayCalls.DescribeArchive(bus, call, answer);
                break;
            case "StartReplay":
                await ReplayCalls.StartAsync(bus, call, answer);
                break;
            case "DescribeReplay":
                await ReplayCalls.DescribeAsync(bus, call, answer);
                break;
            case "ListReplays":
                await ReplayCalls.ListAsync(bus, call, answer);
                break;
            default:
                throw new AwsException(AwsError.UnknownOperation with { Status = 400 });
        }
    }

    private async Task PutAsync(JsonRequest call, Utf8JsonWriter answer)
    {
        var results = new List<PutEventResult>();
        var own = new List<BusEntry>();
        var isOwn = new List<bool>();
        foreach (var entry in call.Objects("Entries"))
        {
            isOwn.Add(IsThisBus(entry.Text("EventBusName") ?? "default"));
            if (isOwn[^1])
            {
                own.Add(Entry(entry));
            }
        }

        EventBus.CheckCount(isOwn.Count);
        if (own.Count > 0)
        {
            results.AddRange(await bus.PutEventsAsync(own));
        }

        Write(answer, isOwn, results);
    }

    private static void Write(Utf8JsonWriter answer, List<bool> isOwn, List<PutEventResult> results)
    {
        answer.WriteStartObject();
        answer.WriteNumber("FailedEntryCount", results.Count(result => result.ErrorCode is not null));
        answer.WriteStartArray("Entries");
        var next = 0;
        foreach (var own in isOwn)
        {
            // To a bus that does not exist EventBridge answers with an event id, and the event is gone (facts.md, section 4).
            Write(answer, own ? results[next++] : new PutEventResult(Guid.Empty.ToString(), null, null));
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter answer, PutEventResult result)
    {
        answer.WriteStartObject();
        if (result.EventId is not null)
        {
            answer.WriteString("EventId", result.EventId);
        }
        else
        {
            answer.WriteString("ErrorCode", result.ErrorCode);
            answer.WriteString("ErrorMessage", result.ErrorMessage);
        }

        answer.WriteEndObject();
    }

    private static BusEntry Entry(JsonRequest entry) => new(
        entry.Text("Source"), entry.Text("DetailType"), entry.Utf8("Detail"), EpochTime.Read(entry, "Time"), [.. entry.Texts("Resources")], entry.Text("TraceHeader"));

    private void Describe(JsonRequest call, Utf8JsonWriter answer)
    {
        var name = call.Text("Name") ?? "default";
        WriteBus(IsThisBus(name) ? answer : throw NoBus(name));
    }

    private void List(Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("EventBuses");
        WriteBus(answer);
        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    /// <summary>Calls about rules name their bus beside the rule.</summary>
    private void CheckBus(JsonRequest call)
    {
        if (call.Text("EventBusName") is { } name && !IsThisBus(name))
        {
            throw NoBus(name);
        }
    }

    private void WriteBus(Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", bus.Options.Name);
        answer.WriteString("Arn", bus.Options.Arn);
        answer.WriteEndObject();
    }

    private static AwsException NoBus(string name) => new("ResourceNotFoundException", $"Event bus {name} does not exist.");

    private bool IsThisBus(string nameOrArn) => nameOrArn == bus.Options.Name || nameOrArn == bus.Options.Arn;
}
