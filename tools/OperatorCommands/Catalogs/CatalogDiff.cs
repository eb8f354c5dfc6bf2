using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Catalogs;

/// <summary>Compares two catalogs, and says what changes for the consumers of the events.</summary>
/// <param name="Breaks">Changes after which a consumer misses events, or takes old ones for new.</param>
/// <param name="Others">Changes that harm no consumer.</param>
internal sealed record CatalogDiff(IReadOnlyList<string> Breaks, IReadOnlyList<string> Others)
{
    /// <param name="before">A sound catalog.</param>
    /// <param name="after">Another.</param>
    /// <param name="schemaBefore">Gives a schema of the first by its file's name.</param>
    /// <param name="schemaAfter">Gives a schema of the other.</param>
    public static CatalogDiff Of(byte[] before, byte[] after, Func<string, JsonElement> schemaBefore, Func<string, JsonElement> schemaAfter)
    {
        using var old = JsonDocument.Parse(before);
        using var @new = JsonDocument.Parse(after);
        var (had, has) = (Types(old.RootElement), Types(@new.RootElement));
        var (breaks, others) = (new List<string>(), has.Keys.Except(had.Keys).Select(static type => $"type {type} is new").ToList());
        foreach (var (type, entries) in had)
        {
            if (!has.TryGetValue(type, out var now))
            {
                breaks.Add($"type {type} is gone");
                continue;
            }

            Compare(breaks, type, "stream", entries, now, "streamPrefix", "stream", "each");
            Compare(breaks, type, "id", entries, now, "id");
            Compare(breaks, type, "sequence", entries, now, "sequence");
            CompareSchemas(breaks, others, type, [.. entries.Select(entry => Schema(entry, schemaBefore))], [.. now.Select(entry => Schema(entry, schemaAfter))]);
        }

        Compare(breaks, old.RootElement, @new.RootElement, "source");
        Compare(breaks, old.RootElement, @new.RootElement, "unpack");
        Compare(breaks, old.RootElement, @new.RootElement, "ignoreCase");
        return new CatalogDiff(breaks, others);
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

    /// <summary>An event of a type must still fit one of its schemas as it did before, else consumers miss it. Events that do not fit and are only marked still reach them.</summary>
    private static void CompareSchemas(List<string> breaks, List<string> others, string type, EntrySchema[] before, EntrySchema[] after)
    {
        foreach (var old in before)
        {
            var compared = Array.ConvertAll(after, @new => @new.Narrower(old));
            if (!Array.Exists(compared, static places => places.Count == 0))
            {
                breaks.AddRange(compared.MinBy(static places => places.Count)!.Select(place => $"type {type}: its schema is narrower: {place}"));
            }
        }

        if (Array.TrueForAll(before, static old => old.Schema is not null) && Array.Exists(after, static now => now.Schema is null))
        {
            others.Add($"type {type}: its events are not checked by a schema any more");
        }
    }

    private static EntrySchema Schema(JsonElement entry, Func<string, JsonElement> schemas) => new(
        entry.TryGetProperty("schema", out var name) ? schemas(name.GetString()!) : null,
        entry.TryGetProperty("invalid", out var invalid) && invalid.GetString() == "mark");

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

/// <param name="Schema">Null: an entry has none.</param>
/// <param name="Marks">Whether events that do not fit go on.</param>
internal sealed record EntrySchema(JsonElement? Schema, bool Marks)
{
    /// <summary>Where fewer events reach consumers than with the old schema.</summary>
    public IReadOnlyList<string> Narrower(EntrySchema old)
    {
        if (Schema is not { } now || Marks)
        {
            return [];
        }

        return old is { Schema: { } had, Marks: true }
            ? ["events that do not fit were marked, and do not go on any more", .. SchemaDiff.Narrower(had, now)]
            : SchemaDiff.Narrower(old.Schema ?? SchemaDiff.Anything, now);
    }
}
