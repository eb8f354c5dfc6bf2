using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>Where a record says that it is a CloudEvent already, found in the same pass as the catalog's pointers.</summary>
internal sealed class CloudEventPointers(JsonPointerSet pointers)
{
    private readonly int _specVersion = pointers.Add("/specversion");
    private readonly int _id = pointers.Add("/id");
    private readonly int _source = pointers.Add("/source");
    private readonly int _type = pointers.Add("/type");

    public bool Match(ReadOnlySpan<byte> json, JsonScan scan) =>
        scan[_specVersion].Type == JsonTokenType.String && scan[_specVersion].IsKey(json, "1.0") && scan[_id].Exists && scan[_source].Exists && scan[_type].Exists;
}
