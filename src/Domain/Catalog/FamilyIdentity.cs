using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>How the events of a family are identified, and when two of one key are the same.</summary>
/// <param name="Source">CloudEvents <c>source</c>: ids are unique within it.</param>
/// <param name="Content">Digests a payload without its volatile members; null when it has none.</param>
/// <param name="FirstStands">Whether another content under a key is a duplicate, and not a conflict.</param>
internal sealed record FamilyIdentity(string Source, JsonDigest? Content = null, bool FirstStands = false)
{
    /// <summary>The members of an entry that <see cref="Read"/> takes.</summary>
    public static IReadOnlyList<string> Members { get; } = ["source", "volatile", "conflict"];

    /// <param name="entry">An entry of the catalog.</param>
    /// <param name="catalogSource">The catalog's own source.</param>
    /// <param name="type">The entry's type, which makes its source where it names none.</param>
    /// <param name="ignoreCase">Whether names of members are found in any case.</param>
    public static FamilyIdentity Read(CatalogNode entry, string catalogSource, string type, bool ignoreCase) => new(
        entry.Optional("source")?.Reference() ?? $"{catalogSource.TrimEnd('/')}/{Uri.EscapeDataString(type)}",
        entry.Optional("volatile") is { } pointers ? Volatile(pointers, ignoreCase) : null,
        entry.Optional("conflict") is { } conflict && FirstStandsAt(conflict));

    private static JsonDigest? Volatile(CatalogNode node, bool ignoreCase)
    {
        var pointers = new JsonPointerSet(ignoreCase);
        foreach (var pointer in node.Elements())
        {
            pointer.PointerInto(pointers);
        }

        return pointers.Count > 0 ? new JsonDigest(pointers) : null;
    }

    private static bool FirstStandsAt(CatalogNode node) => node.Text() switch
    {
        ExtensionNames.First => true,
        "quarantine" => false,
        _ => throw node.Wrong("\"quarantine\" or \"first\""),
    };
}
