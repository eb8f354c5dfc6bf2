using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Catalogs;

/// <summary>Compares two catalogs, and tells the consumers of the events what changes for them.</summary>
/// <param name="Breaks">Changes after which a consumer misses events, or takes old ones for new.</param>
/// <param name="Others">Changes that harm no consumer.</param>
internal sealed record CatalogDiff(IReadOnlyList<string> Breaks, IReadOnlyList<string> Others)
{
    /// <param name="before">A sound catalog.</param>
    /// <param name="after">Another.</param>
    public static CatalogDiff Of(byte[] before, byte[] after)
    {
        using var old = JsonDocument.Parse(before);
        using var @new = JsonDocument.Parse(after);
        var (had, has) = (Types(old.RootElement), Types(@new.RootElement));
        var breaks = new List<string>();
        foreach (var (type, entries) in had)
        {
            if (!has.TryGetValue(type, out var now))
            {
                breaks.Add($"type {type} is gone");
                continue;
            }

            Compare(breaks, type, "stream", entries, now, "streamPrefix", "stream", "each");
            Compare(breaks, type, "id", entries, now, "id");
        }

        Compare(breaks, old.RootElement, @new.RootElement, "source");
        Compare(breaks, old.RootElement, @new.RootElement, "unpack");
        Compare(breaks, old.RootElement, @new.RootElement, "ignoreCase");
        return new CatalogDiff(breaks, [.. has.Keys.Except(had.Keys).Select(type => $"type {type} is new")]);
    }

    /// <returns>Whether it breaks nothing.</returns>
    public bool Print(Printer printer)
    {
        foreach (var change in Breaks)
        {
            printer.Say($"breaks: {change}");
        }

        foreach (var change in Others)
        {
            printer.Say($"harmless: {change}");
        }

        if (Breaks.Count + Others.Count == 0)
        {
            printer.Say("Nothing changes for consumers.");
        }

        printer.Set("breaks", new JsonArray([.. Breaks.Select(change => JsonValue.Create(change))]));
        printer.Set("harmless", new JsonArray([.. Others.Select(change => JsonValue.Create(change))]));
        return Breaks.Count == 0;
    }

    /// <summary>The entries of each type that makes events.</summary>
    private static Dictionary<string, JsonElement[]> Types(JsonElement catalog) => catalog.GetProperty("events").EnumerateArray()
        .Where(entry => entry.TryGetProperty("type", out _) && !(entry.TryGetProperty("drop", out var drop) && drop.GetBoolean()))
        .GroupBy(entry => Text(entry, "type"))
        .ToDictionary(entries => entries.Key, entries => entries.ToArray());

    private static void Compare(List<string> breaks, string type, string what, JsonElement[] before, JsonElement[] after, params string[] members)
    {
        var (had, has) = (Values(before, members), Values(after, members));
        if (had.Except(has).ToArray() is { Length: > 0 } gone)
        {
            breaks.Add($"type {type}: its {what} is no longer {string.Join(" or ", gone)}, but {string.Join(" or ", has)}");
        }
    }

    private static void Compare(List<string> breaks, JsonElement before, JsonElement after, string member)
    {
        if (Text(before, member) is var had && Text(after, member) is var has && had != has)
        {
            breaks.Add($"{member} was {had} and is {has}");
        }
    }

    private static string[] Values(JsonElement[] entries, string[] members) =>
        [.. entries.Select(entry => string.Join(' ', members.Where(member => entry.TryGetProperty(member, out _)).Select(member => Text(entry, member)).DefaultIfEmpty("none"))).Distinct()];

    private static string Text(JsonElement node, string member) => !node.TryGetProperty(member, out var value) ? "none"
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();
}
