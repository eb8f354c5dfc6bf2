using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses.</summary>
/// <param name="buses">The buses.</param>
/// <param name="like">Has the region and the account of new buses.</param>
internal sealed partial class BusCalls(BusCatalog buses, EventBusOptions like)
{
    /// <summary>Source: Amazon EventBridge API Reference, "ListEventBuses".</summary>
    private const int MaxLimit = 100;

    public async Task<JsonObject> CreateAsync(JsonRequest call)
    {
        var name = call.RequiredText("Name");
        if (!Name().IsMatch(name))
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+");
        }

        var bus = await buses.CreateAsync(like with { Name = name }, call.Text("Description"));
        var answer = new JsonObject { ["EventBusArn"] = bus.Bus.Options.Arn };
        Add(answer, "Description", bus.Description);
        return answer;
    }

    public async Task<JsonObject> DeleteAsync(JsonRequest call)
    {
        await buses.DeleteAsync(Find(call.RequiredText("Name")));
        return [];
    }

    public JsonObject Describe(JsonRequest call) => Describe(Find(call.Text("Name") ?? BusCatalog.Default));

    public JsonObject List(JsonRequest call)
    {
        var (prefix, limit) = (call.Text("NamePrefix") ?? "", call.Number("Limit") ?? MaxLimit);
        if (limit is < 1 or > MaxLimit)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to {MaxLimit}");
        }

        var (page, next) = Paging.Of(
            buses.All.Where(bus => bus.Bus.Options.Name.StartsWith(prefix, StringComparison.Ordinal)), static bus => bus.Bus.Options.Name, limit, call.Text("NextToken"),
            static _ => new AwsException("ValidationException", "Parameter nextToken is not valid."));
        var listing = new JsonObject { ["EventBuses"] = new JsonArray([.. page.Select(Describe)]) };
        Add(listing, "NextToken", next);
        return listing;
    }

    /// <exception cref="AwsException">There is no such bus.</exception>
    public AccountBus Find(string nameOrArn) => buses.Find(nameOrArn) ?? throw new AwsException("ResourceNotFoundException", $"Event bus {nameOrArn} does not exist.");

    private static JsonObject Describe(AccountBus bus)
    {
        var description = new JsonObject { ["Name"] = bus.Bus.Options.Name, ["Arn"] = bus.Bus.Options.Arn };
        Add(description, "Description", bus.Description);
        if (bus.Created is { } created)
        {
            (description["CreationTime"], description["LastModifiedTime"]) = (EpochTime.Seconds(created), EpochTime.Seconds(created));
        }

        return description;
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    [GeneratedRegex(@"\A(?!aws\.)[.\-_A-Za-z0-9]{1,256}\z")]
    private static partial Regex Name();
}
