using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>The JSON that an entry reads: a record, or one of its elements together with the record.</summary>
internal readonly record struct Scanned(JsonScan Own, JsonScan? Parent = null);

/// <summary>A place in a record, or, with <paramref name="OfParent"/>, in the record around an element.</summary>
internal readonly record struct CatalogPointer(int Index, bool OfParent)
{
    public JsonSlice Slice(in Scanned scanned) => Scan(scanned)[Index];

    /// <summary>See <see cref="JsonScan.Key"/>.</summary>
    public string? Key(in Scanned scanned) => Scan(scanned).Key(Index);

    public JsonScan Scan(in Scanned scanned) => OfParent ? scanned.Parent! : scanned.Own;
}
