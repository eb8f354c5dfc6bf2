namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>TagResource, UntagResource and ListTagsOfResource of tables that clients make, and the tags of CreateTable.</summary>
/// <param name="tables">The tables.</param>
/// <param name="region">The region of the account.</param>
/// <param name="account">The account.</param>
internal sealed partial class TableTags(TableCatalog tables, string region, string account)
{
    // Source: Amazon DynamoDB Developer Guide, "Tagging restrictions in DynamoDB".
    private const int MaxTags = 50;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;

    public async Task<JsonObject> TagAsync(JsonRequest call)
    {
        var (table, tags) = (Find(call), Read(call));
        await ChangeAsync(table, old => old.Where(tag => !tags.ContainsKey(tag.Key)).Concat(tags));
        return [];
    }

    public async Task<JsonObject> UntagAsync(JsonRequest call)
    {
        var (table, keys) = (Find(call), call.Texts("TagKeys").ToHashSet());
        await ChangeAsync(table, old => old.Where(tag => !keys.Contains(tag.Key)));
        return [];
    }

    public JsonObject List(JsonRequest call) => new()
    {
        ["Tags"] = new JsonArray([.. (Find(call).Options.OfClient?.Tags ?? new Dictionary<string, string>()).Select(static tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    };

    /// <exception cref="AwsException">DynamoDB would refuse the tags.</exception>
    public static IReadOnlyDictionary<string, string> Read(JsonRequest call)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (tag, at) in call.Objects("Tags").Select(static (tag, index) => (tag, index + 1)))
        {
            var (key, value) = (Checked(tag.Text("Key"), $"tags.{at}.member.key", 1, MaxKeyLength), Checked(tag.Text("Value"), $"tags.{at}.member.value", 0, MaxValueLength));
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw Refused($"Tag keys that begin with aws: are AWS's own: {key}.");
            }

            if (!tags.TryAdd(key, value))
            {
                throw Refused($"Two tags have the key {key}.");
            }
        }

        return Few(tags);
    }

    private static Dictionary<string, string> Few(Dictionary<string, string> tags) => tags.Count <= MaxTags ? tags : throw Refused($"A table has {MaxTags} tags at most.");

    private static string Checked(string? text, string where, int min, int max) => text switch
    {
        null => throw Refused($"1 validation error detected: Value null at '{where}' failed to satisfy constraint: Member must not be null"),
        _ when text.Length < min => throw Refused($"1 validation error detected: Value '{text}' at '{where}' failed to satisfy constraint: Member must have length greater than or equal to {min}"),
        _ when text.Length > max => throw Refused($"1 validation error detected: Value '{text}' at '{where}' failed to satisfy constraint: Member must have length less than or equal to {max}"),
        _ => text,
    };

    private static AwsException Refused(string message) => new("ValidationException", message);

    private async Task ChangeAsync(ItemTable table, Func<IReadOnlyDictionary<string, string>, IEnumerable<KeyValuePair<string, string>>> change)
    {
        _ = TableCalls.OfClient(table);
        await tables.ChangeAsync(table, options => options with { OfClient = options.OfClient! with { Tags = Few(change(options.OfClient.Tags).ToDictionary()) } });
    }

    private ItemTable Find(JsonRequest call)
    {
        var arn = call.Text("ResourceArn") ?? throw Refused("1 validation error detected: Value null at 'resourceArn' failed to satisfy constraint: Member must not be null");
        if (TableArn().Match(arn) is not { Success: true } match)
        {
            throw Refused($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
        }

        if ((match.Groups["region"].Value, match.Groups["account"].Value) != (region, account))
        {
            throw new AwsException("AccessDeniedException", $"The table {arn} is not one of this account in this region.");
        }

        return tables.Find(match.Groups["name"].Value) ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: ResourcArn: {arn} not found");
    }

    [GeneratedRegex(@"\Aarn:aws:dynamodb:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):table/(?<name>[A-Za-z0-9_.-]+)\z")]
    private static partial Regex TableArn();
}
