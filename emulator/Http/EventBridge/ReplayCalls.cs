using System.Text.Json;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>ListArchives, DescribeArchive, StartReplay, DescribeReplay, ListReplays.</summary>
internal static class ReplayCalls
{
    public static void ListArchives(EventBus bus, Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Archives");
        if (bus.Archive.State is { } archive)
        {
            Write(answer, bus, archive);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    public static void DescribeArchive(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var name = call.RequiredText("ArchiveName");
        Write(answer, bus, bus.Archive.State is { } archive && archive.Name == name ? archive : throw NotFound("Archive", name));
    }

    public static async Task StartAsync(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var name = call.RequiredText("ReplayName");
        var (from, to) = (EpochTime.Read(call, "EventStartTime"), EpochTime.Read(call, "EventEndTime"));
        if (from is null || to is null || from > to)
        {
            throw new AwsException("ValidationException", "EventStartTime and EventEndTime are required, and the first must not be after the second.");
        }

        if (bus.Archive.State is not { } archive || call.RequiredText("EventSourceArn") != archive.Arn)
        {
            throw NotFound("Archive", call.RequiredText("EventSourceArn"));
        }

        await bus.Replays.StartAsync(name, from.Value, to.Value, Rules(bus, call));
        answer.WriteStartObject();
        answer.WriteString("ReplayArn", Arn(bus, name));
        answer.WriteString("State", "STARTING");
        answer.WriteEndObject();
    }

    public static async Task DescribeAsync(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var name = call.RequiredText("ReplayName");
        var replay = (await bus.Replays.ListAsync()).Find(replay => replay.Name == name) ?? throw NotFound("Replay", name);
        answer.WriteStartObject();
        WriteMembers(answer, bus, replay);
        answer.WriteStartObject("Destination");
        answer.WriteString("Arn", bus.Options.Arn);
        answer.WriteStartArray("FilterArns");
        foreach (var rule in bus.Rules.Where(rule => replay.Rules.Contains(rule.Options.Name)))
        {
            answer.WriteStringValue(rule.Arn);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    public static async Task ListAsync(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var prefix = call.Text("NamePrefix") ?? "";
        var replays = await bus.Replays.ListAsync();
        answer.WriteStartObject();
        answer.WriteStartArray("Replays");
        foreach (var replay in replays.Where(replay => replay.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            answer.WriteStartObject();
            WriteMembers(answer, bus, replay);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static List<string> Rules(EventBus bus, JsonRequest call)
    {
        var destination = JsonRequest.Of(call.RequiredObject("Destination"));
        if (destination.RequiredText("Arn") != bus.Options.Arn)
        {
            throw new AwsException("ValidationException", "Events of an archive are played on the bus that they come from.");
        }

        var arns = destination.Texts("FilterArns").ToList();
        var rules = bus.Rules.Where(rule => arns.Contains(rule.Arn)).Select(rule => rule.Options.Name).ToList();
        return rules.Count == arns.Count ? rules
            : throw new AwsException("ResourceNotFoundException", "A rule of FilterArns does not exist.");
    }

    private static void WriteMembers(Utf8JsonWriter answer, EventBus bus, ReplayState replay)
    {
        answer.WriteString("ReplayName", replay.Name);
        answer.WriteString("ReplayArn", Arn(bus, replay.Name));
        answer.WriteString("EventSourceArn", bus.Archive.State?.Arn);
        answer.WriteString("State", replay.IsDone ? "COMPLETED" : replay.LastPlayed is null ? "STARTING" : "RUNNING");
        answer.WriteNumber("EventStartTime", EpochTime.Seconds(replay.From));
        answer.WriteNumber("EventEndTime", EpochTime.Seconds(replay.To));
        if (replay.LastPlayed is { } last)
        {
            answer.WriteNumber("EventLastReplayedTime", EpochTime.Seconds(last));
        }
    }

    private static void Write(Utf8JsonWriter answer, EventBus bus, ArchiveState archive)
    {
        answer.WriteStartObject();
        answer.WriteString("ArchiveName", archive.Name);
        answer.WriteString("ArchiveArn", archive.Arn);
        answer.WriteString("EventSourceArn", bus.Options.Arn);
        if (archive.Pattern is { } pattern)
        {
            answer.WriteString("EventPattern", pattern);
        }

        answer.WriteString("State", "ENABLED");
        answer.WriteNumber("RetentionDays", 0);
        answer.WriteEndObject();
    }

    private static string Arn(EventBus bus, string replay) => $"arn:aws:events:{bus.Options.Region}:{bus.Options.AccountId}:replay/{replay}";

    private static AwsException NotFound(string what, string name) => new("ResourceNotFoundException", $"{what} {name} does not exist.");
}
