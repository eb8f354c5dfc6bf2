using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>How the events of a family are identified, and when two of one key are the same.</summary>
/// <param name="Source">CloudEvents <c>source</c>: ids are unique within it. With <paramref name="IsOfType"/>, what stands before the type in it.</param>
/// <param name="IsOfType">Whether each type of the family has a source of its own, which ends with it.</param>
/// <param name="Content">Digests a payload without its volatile members; null when it has none.</param>
/// <param name="FirstStands">Whether another content under a key is a duplicate, and not a conflict.</param>
internal sealed record FamilyIdentity(string Source, bool IsOfType = false, JsonDigest? Content = null, bool FirstStands = false)
{
    /// <summary>The members of an entry that <see cref="Read"/> takes.</summary>
    public static IReadOnlyList<string> Members { get; } = ["source", .. ComparisonMembers];

    /// <summary>Those of them that say when two events of one key are the same.</summary>
    public static IReadOnlyList<string> ComparisonMembers => ["volatile", "conflict"];

    /// <summary>Whether it says when two events of one key are the same.</summary>
    public bool Compares => Content is not null || FirstStands;

    /// <param name="entry">An entry of the catalog.</param>
    /// <param name="catalogSource">The catalog's own source.</param>
    /// <param name="type">The entry's type, which ends its source where it names none; null if it is made of a record's members.</param>
    /// <param name="ignoreCase">Whether names of members are found in any case.</param>
    public static FamilyIdentity Read(CatalogNode entry, string catalogSource, string? type, bool ignoreCase)
    {
        var given = entry.Optional("source")?.Reference();
        var before = $"{catalogSource.TrimEnd('/')}/";
        return new FamilyIdentity(
            given ?? (type is null ? before : Ending(before, type)),
            given is null && type is null,
            entry.Optional("volatile") is { } pointers ? Volatile(pointers, ignoreCase) : null,
            entry.Optional("conflict") is { } conflict && FirstStandsAt(conflict));
    }

    /// <summary>The source of an event of this type.</summary>
    public string SourceOf(string type) => IsOfType ? Ending(Source, type) : Source;

    private static string Ending(string before, string type) => before + Uri.EscapeDataString(type);

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
