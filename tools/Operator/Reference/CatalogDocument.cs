using DataToEvents.Domain.Catalog;

namespace DataToEvents.Operator.Reference;

/// <summary>A condition of a catalog's entry: the pointer must exist, or be equal to a scalar.</summary>
internal sealed record MatchCondition(string Pointer, JsonNode? Expected);

/// <summary>A type of event, as the catalog describes it.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Match">What a record must hold to be one.</param>
/// <param name="Stream">Pointer of the stream's key.</param>
/// <param name="StreamPrefix">What stands before the key in the stream's name.</param>
/// <param name="Id">Pointer of the producer's id, or null.</param>
/// <param name="Time">Pointer of the producer's time, or null.</param>
internal sealed record EventType(string Type, IReadOnlyList<MatchCondition> Match, string Stream, string StreamPrefix, string? Id, string? Time);

/// <summary>The entries of a catalog's file, for documents. <see cref="EventCatalog"/> itself only classifies.</summary>
internal sealed record CatalogDocument(EventCatalog Catalog, string Source, string Unclassified, IReadOnlyList<EventType> Types)
{
    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static CatalogDocument Parse(byte[] json)
    {
        var catalog = EventCatalog.Parse(json);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CatalogDocument(
            catalog,
            catalog.Source,
            root.TryGetProperty("unclassified", out var rest) ? Text(rest, "type") ?? "data.unclassified" : "data.unclassified",
            [.. root.GetProperty("events").EnumerateArray().Where(entry => !(entry.TryGetProperty("drop", out var drop) && drop.GetBoolean())).Select(Read)]);
    }

    private static EventType Read(JsonElement entry) => new(
        Text(entry, "type")!,
        [.. entry.GetProperty("match").EnumerateArray().Select(condition => new MatchCondition(
            Text(condition, "pointer")!, condition.TryGetProperty("equals", out var expected) ? JsonNode.Parse(expected.GetRawText()) : null))],
        Text(entry, "stream")!,
        Text(entry, "streamPrefix") ?? "",
        Text(entry, "id"),
        Text(entry, "time"));

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;
}
