using DataToEvents.Domain.Catalog;

namespace DataToEvents.Operator.Reference;

/// <summary>A condition of a catalog's entry: the pointer must exist, or be equal to a scalar.</summary>
internal sealed record MatchCondition(string Pointer, JsonNode? Expected);

/// <summary>The pointers and templates that give a value of an entry. The first one that gives a value counts.</summary>
internal sealed record ValueSource(IReadOnlyList<string> Forms)
{
    /// <summary>The pointer, if there is exactly one; else null.</summary>
    public string? Pointer => Forms is [var form] && (form.Length == 0 || (form[0] == '/' && !form.Contains("{/", StringComparison.Ordinal))) ? form : null;

    public override string ToString() => string.Join(" or ", Forms);
}

/// <summary>A type of event, as the catalog describes it.</summary>
/// <param name="Type">CloudEvents <c>type</c>, or the templates of which it is made.</param>
/// <param name="Match">The conditions for a record, as far as they are pointers that must exist or equal a scalar.</param>
/// <param name="Further">Whether it must fulfil further conditions.</param>
/// <param name="Each">Pointer of the list whose elements are the events, or null.</param>
/// <param name="Stream">The origin of the stream's key.</param>
/// <param name="StreamPrefix">The text before the key in the stream's name.</param>
/// <param name="Id">The origin of the producer's id, or null.</param>
/// <param name="Time">The origin of the producer's time, or null.</param>
internal sealed record EventType(
    string Type, IReadOnlyList<MatchCondition> Match, bool Further, string? Each, ValueSource Stream, string StreamPrefix, ValueSource? Id, ValueSource? Time)
{
    /// <summary>The type. If it is a template, its text before the first placeholder.</summary>
    public string Begin => Type.Split('{')[0];

    public bool IsTemplate => Type.Contains('{', StringComparison.Ordinal);

    /// <summary>The type as a name that documents can refer to.</summary>
    public string Name => string.Concat(Type.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
}

/// <summary>The entries of a catalog's file, for documents. <see cref="EventCatalog"/> itself only classifies.</summary>
internal sealed record CatalogDocument(EventCatalog Catalog, string Source, string Unclassified, IReadOnlyList<EventType> Types)
{
    private static readonly HashSet<string> Simple = ["pointer", "equals"];

    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static CatalogDocument Parse(byte[] json)
    {
        var catalog = CatalogArgument.Parse(json);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CatalogDocument(
            catalog,
            catalog.Source,
            root.TryGetProperty("unclassified", out var rest) ? Text(rest, "type") ?? "data.unclassified" : "data.unclassified",
            [.. root.GetProperty("events").EnumerateArray().Where(entry => !(entry.TryGetProperty("drop", out var drop) && drop.GetBoolean()) && entry.TryGetProperty("type", out _)).Select(Read)]);
    }

    private static EventType Read(JsonElement entry)
    {
        var match = entry.GetProperty("match");
        JsonElement[] conditions = match.ValueKind == JsonValueKind.Array ? [.. match.EnumerateArray()] : [match];
        var simple = conditions.Where(condition => condition.EnumerateObject().All(member => Simple.Contains(member.Name))).ToArray();
        return new EventType(
            Values(entry, "type")!.ToString(),
            [.. simple.Select(condition => new MatchCondition(
                Text(condition, "pointer")!, condition.TryGetProperty("equals", out var expected) ? JsonNode.Parse(expected.GetRawText()) : null))],
            simple.Length < conditions.Length,
            Text(entry, "each"),
            Values(entry, "stream")!,
            Text(entry, "streamPrefix") ?? "",
            Values(entry, "id"),
            Values(entry, "time"));
    }

    private static ValueSource? Values(JsonElement entry, string name) => !entry.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Object => Values(value, "pointer"),
        JsonValueKind.Array => new ValueSource([.. value.EnumerateArray().Select(one => one.GetString()!)]),
        _ => new ValueSource([value.GetString()!]),
    };

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;
}
