using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>StartReplay, CancelReplay, DescribeReplay, ListReplays.</summary>
/// <param name="buses">The buses.</param>
/// <param name="archives">Their archives.</param>
internal sealed class ReplayCalls(BusCatalog buses, ArchiveCalls archives)
{
    /// <summary>Source: Amazon EventBridge API Reference, "StartReplay".</summary>
    private const int MaxNameLength = 64;

    /// <summary>Source: Amazon EventBridge API Reference, "ListReplays".</summary>
    private const int MaxLimit = 100;

    public async Task<JsonObject> StartAsync(JsonRequest call)
    {
        var name = ResourceName.Check(call.RequiredText("ReplayName"), "replayName", MaxNameLength);
        var (from, to) = (EpochTime.Read(call, "EventStartTime"), EpochTime.Read(call, "EventEndTime"));
        if (from is null || to is null)
        {
            throw new AwsException("ValidationException", "EventStartTime and EventEndTime are required.");
        }

        if (from >= to)
        {
            throw new AwsException("ValidationException", "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }

        var source = call.RequiredText("EventSourceArn");
        var archive = archives.All().FirstOrDefault(archive => archive.State!.Arn == source)
            ?? throw new AwsException("ValidationException", $"Parameter EventSourceArn is not valid. Reason: Archive {source[(source.LastIndexOf('/') + 1)..]} does not exist.");
        var bus = archives.Bus(archive.SourceArn);
        await bus.Bus.Replays.StartAsync(
            name, from.Value, to.Value, Rules(bus, call), archive.State is { Created: not null } state ? state.Name : null, call.Text("Description"));
        var (_, replay) = await FindAsync(name);
        var response = new JsonObject { ["ReplayArn"] = Arn(bus, name), ["State"] = "STARTING" };
        Add(response, "ReplayStartTime", replay.Started);
        return response;
    }

    public async Task<JsonObject> CancelAsync(JsonRequest call)
    {
        var (bus, replay) = await FindAsync(call.RequiredText("ReplayName"));
        await bus.Bus.Replays.CancelAsync(replay.Name);
        return new JsonObject { ["ReplayArn"] = Arn(bus, replay.Name), ["State"] = "CANCELLING" };
    }

    public async Task<JsonObject> DescribeAsync(JsonRequest call)
    {
        var (bus, replay) = await FindAsync(call.RequiredText("ReplayName"));
        var response = Listed(bus, replay);
        response["ReplayArn"] = Arn(bus, replay.Name);
        response["Destination"] = new JsonObject
        {
            ["Arn"] = bus.Bus.Options.Arn,
            ["FilterArns"] = new JsonArray([.. replay.Rules.Select(rule => bus.Bus.Options.RuleArn(rule))]),
        };
        if (replay.Description is { } description)
        {
            response["Description"] = description;
        }

        return response;
    }

    public async Task<JsonObject> ListAsync(JsonRequest call)
    {
        ArchiveCalls.CheckFilters(call, "ListReplays");
        var (prefix, source, state) = (call.Text("NamePrefix") ?? "", call.Text("EventSourceArn"), call.Text("State"));
        var replays = (await AllAsync()).Where(found => found.Replay.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (source is null || source == SourceArn(found.Bus, found.Replay)) && (state is null || state == State(found.Replay)));
        var limit = call.Number("Limit") ?? MaxLimit;
        if (limit is < 1 or > MaxLimit)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to {MaxLimit}");
        }

        var (page, next) = Paging.Of(
            replays.OrderBy(static found => found.Replay.Name, StringComparer.Ordinal), static found => found.Replay.Name, limit, call.Text("NextToken"),
            static _ => new AwsException("ValidationException", "Parameter nextToken is not valid."));
        var listing = new JsonObject { ["Replays"] = new JsonArray([.. page.Select(static found => Listed(found.Bus, found.Replay))]) };
        if (next is not null)
        {
            listing["NextToken"] = next;
        }

        return listing;
    }

    private static JsonObject Listed(AccountBus bus, ReplayState replay)
    {
        var listed = new JsonObject { ["ReplayName"] = replay.Name, ["EventSourceArn"] = SourceArn(bus, replay), ["State"] = State(replay) };
        Add(listed, "EventStartTime", replay.From);
        Add(listed, "EventEndTime", replay.To);
        Add(listed, "EventLastReplayedTime", replay.LastPlayed);
        Add(listed, "ReplayStartTime", replay.Started);
        Add(listed, "ReplayEndTime", replay.Ended);
        return listed;
    }

    private static string State(ReplayState replay) => replay.Status.ToString().ToUpperInvariant();

    private static string? SourceArn(AccountBus bus, ReplayState replay) => replay.Archive is { } name ? bus.Bus.Options.ArchiveArn(name) : bus.Bus.Archive.State?.Arn;

    private static string Arn(AccountBus bus, string replay) => $"arn:aws:events:{bus.Bus.Options.Region}:{bus.Bus.Options.AccountId}:replay/{replay}";

    private static void Add(JsonObject json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json[name] = EpochTime.Seconds(known);
        }
    }

    private List<string> Rules(AccountBus bus, JsonRequest call)
    {
        var destination = JsonRequest.Of(call.RequiredObject("Destination"));
        if (archives.Bus(destination.RequiredText("Arn")) != bus)
        {
            throw new AwsException("ValidationException", "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        }

        var known = bus.Bus.Rules.Select(static rule => rule.Options.Name).Concat(bus.Rules.All.Select(static rule => rule.Name)).Distinct().ToDictionary(bus.Bus.Options.RuleArn);
        return [.. destination.Texts("FilterArns").Select(arn => known.GetValueOrDefault(arn) ?? throw new AwsException("ResourceNotFoundException", "A rule of FilterArns does not exist."))];
    }

    private async Task<(AccountBus Bus, ReplayState Replay)> FindAsync(string name) =>
        (await AllAsync()).Find(found => found.Replay.Name == name) is { Replay: not null } found ? found : throw ArchiveCalls.NotFound("Replay", name);

    private async Task<List<(AccountBus Bus, ReplayState Replay)>> AllAsync()
    {
        var all = new List<(AccountBus Bus, ReplayState Replay)>();
        foreach (var bus in buses.All)
        {
            all.AddRange((await bus.Bus.Replays.ListAsync()).Select(replay => (bus, replay)));
        }

        return all;
    }
}
