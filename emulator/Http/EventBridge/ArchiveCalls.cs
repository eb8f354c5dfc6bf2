using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>CreateArchive, UpdateArchive, DeleteArchive, DescribeArchive, ListArchives. The archive of the program is listed with the others, but calls cannot change it.</summary>
/// <param name="buses">The buses.</param>
internal sealed class ArchiveCalls(BusCatalog buses)
{
    private static readonly string[] Filters = ["State", "EventSourceArn", "NamePrefix"];

    /// <summary>Source: Amazon EventBridge API Reference, "CreateArchive".</summary>
    private const int MaxNameLength = 48;

    /// <summary>Source: Amazon EventBridge API Reference, "ListArchives".</summary>
    private const int MaxLimit = 100;

    public async Task<JsonObject> CreateAsync(JsonRequest call)
    {
        var name = ResourceName.Check(call.RequiredText("ArchiveName"), "archiveName", MaxNameLength);
        var bus = Bus(call.RequiredText("EventSourceArn"));
        if (All().Any(archive => archive.State!.Name == name))
        {
            throw BusArchives.Exists(name);
        }

        return Changed(await bus.Bus.Archives.CreateAsync(name, state => With(state, call)));
    }

    public async Task<JsonObject> UpdateAsync(JsonRequest call)
    {
        var name = call.RequiredText("ArchiveName");
        if (call.Text("EventPattern") is null && call.Text("Description") is null && call.Number("RetentionDays") is null)
        {
            throw new AwsException("ValidationException", "At least one of EventPattern, RetentionDays or Description must be provided.");
        }

        var archive = OfClient(name);
        return Changed(await Bus(archive.SourceArn).Bus.Archives.UpdateAsync(archive, state => With(state, call)));
    }

    public async Task<JsonObject> DeleteAsync(JsonRequest call)
    {
        var archive = OfClient(call.RequiredText("ArchiveName"));
        await Bus(archive.SourceArn).Bus.Archives.DeleteAsync(archive);
        return [];
    }

    public async Task<JsonObject> DescribeAsync(JsonRequest call)
    {
        var archive = Find(call.RequiredText("ArchiveName"));
        var description = await ListedAsync(archive);
        description["ArchiveArn"] = archive.State!.Arn;
        Add(description, "Description", archive.State.Description);
        Add(description, "EventPattern", archive.State.Pattern);
        return description;
    }

    public async Task<JsonObject> ListAsync(JsonRequest call)
    {
        CheckFilters(call, "ListArchives");
        var (prefix, source, isEnabled) = (call.Text("NamePrefix") ?? "", call.Text("EventSourceArn"), (call.Text("State") ?? "ENABLED") == "ENABLED");
        var archives = (source is null ? All() : Bus(source).Bus.Archives.All).Where(archive => isEnabled && archive.State!.Name.StartsWith(prefix, StringComparison.Ordinal));
        var (page, next) = Paging.Of(
            archives.OrderBy(static archive => archive.State!.Name, StringComparer.Ordinal), static archive => archive.State!.Name, call.Number("Limit") ?? MaxLimit, call.Text("NextToken"),
            static _ => new AwsException("ValidationException", "Parameter nextToken is not valid."));
        var listed = new JsonArray();
        foreach (var archive in page)
        {
            listed.Add((JsonNode)await ListedAsync(archive));
        }

        var listing = new JsonObject { ["Archives"] = listed };
        Add(listing, "NextToken", next);
        return listing;
    }

    /// <exception cref="AwsException">The call has more than one filter. Source: Amazon EventBridge API Reference, "ListArchives" and "ListReplays".</exception>
    public static void CheckFilters(JsonRequest call, string operation)
    {
        if (Array.FindAll(Filters, filter => call.Text(filter) is not null).Length > 1)
        {
            throw new AwsException("ValidationException", $"At most one filter is allowed for {operation}. Use either : State, EventSourceArn, or NamePrefix.");
        }
    }

    /// <summary>All archives of all buses.</summary>
    public IEnumerable<EventArchive> All() => buses.All.SelectMany(static bus => bus.Bus.Archives.All);

    /// <exception cref="AwsException">There is no such bus.</exception>
    public AccountBus Bus(string arn) => buses.All.FirstOrDefault(bus => bus.Bus.Options.Arn == arn) ?? throw NotFound("Event bus", arn[(arn.LastIndexOf('/') + 1)..]);

    public static AwsException NotFound(string what, string name) => new("ResourceNotFoundException", $"{what} {name} does not exist.");

    private static ArchiveState With(ArchiveState state, JsonRequest call) => state with
    {
        Pattern = call.Text("EventPattern") ?? state.Pattern,
        Description = call.Text("Description") ?? state.Description,
        RetentionDays = call.Number("RetentionDays") ?? state.RetentionDays,
    };

    private static JsonObject Changed(ArchiveState archive) => new() { ["ArchiveArn"] = archive.Arn, ["State"] = "ENABLED", ["CreationTime"] = EpochTime.Seconds(archive.Created!.Value) };

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private async Task<JsonObject> ListedAsync(EventArchive archive)
    {
        await Bus(archive.SourceArn).Bus.Archives.DeleteExpiredAsync();
        var (state, totals) = (archive.State!, await archive.TotalsAsync());
        var listed = new JsonObject { ["ArchiveName"] = state.Name, ["EventSourceArn"] = archive.SourceArn, ["State"] = "ENABLED", ["RetentionDays"] = state.RetentionDays, ["SizeBytes"] = totals.Bytes, ["EventCount"] = totals.Events };
        if (state.Created is { } created)
        {
            listed["CreationTime"] = EpochTime.Seconds(created);
        }

        return listed;
    }

    private EventArchive Find(string name) => All().FirstOrDefault(archive => archive.State!.Name == name) ?? throw NotFound("Archive", name);

    private EventArchive OfClient(string name) => Find(name) is { State.Created: not null } archive ? archive
        : throw new AwsException("ValidationException", $"The program that started the emulator made archive {name}: calls cannot change it.");
}
