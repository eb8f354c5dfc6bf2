using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>ListArchives, DescribeArchive, StartReplay, DescribeReplay, ListReplays.</summary>
internal static class ReplayCalls
{
    public static JsonObject ListArchives(EventBus bus) => new() { ["Archives"] = bus.Archive.State is { } archive ? new JsonArray(Archive(bus, archive)) : [] };

    public static JsonObject DescribeArchive(EventBus bus, JsonRequest call)
    {
        var name = call.RequiredText("ArchiveName");
        return Archive(bus, bus.Archive.State is { } archive && archive.Name == name ? archive : throw NotFound("Archive", name));
    }

    public static async Task<JsonObject> StartAsync(EventBus bus, JsonRequest call)
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
        return new JsonObject { ["ReplayArn"] = Arn(bus, name), ["State"] = "STARTING" };
    }

    public static async Task<JsonObject> DescribeAsync(EventBus bus, JsonRequest call)
    {
        var name = call.RequiredText("ReplayName");
        var replay = (await bus.Replays.ListAsync()).Find(replay => replay.Name == name) ?? throw NotFound("Replay", name);
        var rules = bus.Rules.Where(rule => replay.Rules.Contains(rule.Options.Name));
        var response = Replay(bus, replay);
        response["Destination"] = new JsonObject { ["Arn"] = bus.Options.Arn, ["FilterArns"] = new JsonArray([.. rules.Select(rule => rule.Arn)]) };
        return response;
    }

    public static async Task<JsonObject> ListAsync(EventBus bus, JsonRequest call)
    {
        var prefix = call.Text("NamePrefix") ?? "";
        var replays = (await bus.Replays.ListAsync()).Where(replay => replay.Name.StartsWith(prefix, StringComparison.Ordinal));
        return new JsonObject { ["Replays"] = new JsonArray([.. replays.Select(replay => Replay(bus, replay))]) };
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

    private static JsonObject Replay(EventBus bus, ReplayState replay)
    {
        var response = new JsonObject
        {
            ["ReplayName"] = replay.Name,
            ["ReplayArn"] = Arn(bus, replay.Name),
            ["EventSourceArn"] = bus.Archive.State?.Arn,
            ["State"] = replay.IsDone ? "COMPLETED" : replay.LastPlayed is null ? "STARTING" : "RUNNING",
            ["EventStartTime"] = EpochTime.Seconds(replay.From),
            ["EventEndTime"] = EpochTime.Seconds(replay.To),
        };
        if (replay.LastPlayed is { } last)
        {
            response["EventLastReplayedTime"] = EpochTime.Seconds(last);
        }

        return response;
    }

    private static JsonObject Archive(EventBus bus, ArchiveState archive)
    {
        var response = new JsonObject { ["ArchiveName"] = archive.Name, ["ArchiveArn"] = archive.Arn, ["EventSourceArn"] = bus.Options.Arn };
        if (archive.Pattern is { } pattern)
        {
            response["EventPattern"] = pattern;
        }

        response["State"] = "ENABLED";
        response["RetentionDays"] = 0;
        return response;
    }

    private static string Arn(EventBus bus, string replay) => $"arn:aws:events:{bus.Options.Region}:{bus.Options.AccountId}:replay/{replay}";

    private static AwsException NotFound(string what, string name) => new("ResourceNotFoundException", $"{what} {name} does not exist.");
}
