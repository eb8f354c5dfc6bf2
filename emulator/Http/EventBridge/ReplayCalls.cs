using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>ListArchives, DescribeArchive, StartReplay, DescribeReplay, ListReplays.</summary>
internal static class ReplayCalls
{
    /// <summary>Source: Amazon EventBridge API Reference, "ListReplays".</summary>
    private const int MaxLimit = 100;

    public static JsonObject ListArchives(BusCatalog buses, EventBus bus, JsonRequest call)
    {
        var (prefix, source) = (call.Text("NamePrefix") ?? "", call.Text("EventSourceArn"));
        if (source is not null && buses.Find(source) is null)
        {
            throw NoBus(source);
        }

        var isListed = bus.Archive.State is { } archive && archive.Name.StartsWith(prefix, StringComparison.Ordinal) && (source ?? bus.Options.Arn) == bus.Options.Arn && (call.Text("State") ?? "ENABLED") == "ENABLED";
        return new JsonObject { ["Archives"] = isListed ? new JsonArray(Archive(bus, bus.Archive.State!)) : [] };
    }

    public static JsonObject DescribeArchive(EventBus bus, JsonRequest call)
    {
        var name = call.RequiredText("ArchiveName");
        return Archive(bus, bus.Archive.State is { } archive && archive.Name == name ? archive : throw NotFound("Archive", name));
    }

    public static async Task<JsonObject> StartAsync(BusCatalog buses, EventBus bus, JsonRequest call)
    {
        var name = call.RequiredText("ReplayName");
        var (from, to) = (EpochTime.Read(call, "EventStartTime"), EpochTime.Read(call, "EventEndTime"));
        if (from is null || to is null)
        {
            throw new AwsException("ValidationException", "EventStartTime and EventEndTime are required.");
        }

        if (from >= to)
        {
            throw new AwsException("ValidationException", "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }

        if (call.RequiredText("EventSourceArn") is var source && source != bus.Archive.State?.Arn)
        {
            throw new AwsException("ValidationException", $"Parameter EventSourceArn is not valid. Reason: Archive {source[(source.LastIndexOf('/') + 1)..]} does not exist.");
        }

        await bus.Replays.StartAsync(name, from.Value, to.Value, Rules(buses, bus, call));
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
        var source = call.Text("EventSourceArn") ?? bus.Archive.State?.Arn;
        var replays = (await bus.Replays.ListAsync()).Where(replay => source == bus.Archive.State?.Arn && replay.Name.StartsWith(prefix, StringComparison.Ordinal));
        var limit = call.Number("Limit") ?? MaxLimit;
        if (limit is < 1 or > MaxLimit)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to {MaxLimit}");
        }

        var (page, next) = Paging.Of(replays, static replay => replay.Name, limit, call.Text("NextToken"), static _ => new AwsException("ValidationException", "Parameter nextToken is not valid."));
        var listing = new JsonObject { ["Replays"] = new JsonArray([.. page.Select(replay => Replay(bus, replay))]) };
        if (next is not null)
        {
            listing["NextToken"] = next;
        }

        return listing;
    }

    private static List<string> Rules(BusCatalog buses, EventBus bus, JsonRequest call)
    {
        var destination = JsonRequest.Of(call.RequiredObject("Destination"));
        if (destination.RequiredText("Arn") is var arn && arn != bus.Options.Arn)
        {
            throw buses.Find(arn) is null ? NoBus(arn) : new AwsException("ValidationException", "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
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

    private static AwsException NoBus(string arn) => NotFound("Event bus", arn[(arn.LastIndexOf('/') + 1)..]);

    private static AwsException NotFound(string what, string name) => new("ResourceNotFoundException", $"{what} {name} does not exist.");
}
