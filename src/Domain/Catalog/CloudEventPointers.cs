using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>The members that make a record a CloudEvent, found in the same pass as the catalog's pointers.</summary>
internal sealed class CloudEventPointers(JsonPointerSet pointers)
{
    private readonly int _specVersion = pointers.Add("/specversion");

    /// <summary>Whether the record says so; it may still break CloudEvents' rules.</summary>
    public bool Match(JsonScan scan) => scan[_specVersion].Exists;
}
