using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>Reads a catalog strictly, because a misspelt member would match nothing without an error.</summary>
internal sealed class CatalogReader(Func<string, IPayloadSchema>? schemas)
{
    private const string DefaultUnclassifiedType = "data.unclassified";
    private const uint DefaultShards = 16;
    private const int MaxShards = 10_000;

    // A member given twice would silently override itself.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonPointerSet _pointers = new();

    /// <param name="json">The file's bytes.</param>
    /// <param name="schemas">Opens a schema by its name; null: schemas are not looked at.</param>
    public static EventCatalog Read(ReadOnlyMemory<byte> json, Func<string, IPayloadSchema>? schemas)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return new CatalogReader(schemas).Catalog(new CatalogNode(document.RootElement, "catalog"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no Unicode text.
            throw new CatalogException($"The catalog is not JSON: {fault.Message}");
        }
    }

    private EventCatalog Catalog(CatalogNode root)
    {
        root.AllowOnly("source", "unclassified", "events");
        var unclassified = root.Optional("unclassified") is { } node ? Unclassified(node) : new(DefaultUnclassifiedType, DefaultShards);
        var entries = root.Required("events").Elements().Select(Entry).ToArray();
        return new EventCatalog(root.Required("source").Reference(), unclassified, _pointers, entries);
    }

    private static UnclassifiedEvents Unclassified(CatalogNode node)
    {
        node.AllowOnly("type", "shards");
        var type = node.Optional("type")?.Attribute() ?? DefaultUnclassifiedType;
        var shards = node.Optional("shards")?.Whole(1, MaxShards) ?? (int)DefaultShards;
        return new UnclassifiedEvents(type, (uint)shards);
    }

    private CatalogEntry Entry(CatalogNode node)
    {
        node.AllowOnly("type", "match", "stream", "streamPrefix", "id", "time", "drop", "mask", "schema", "invalid");
        var conditions = node.Required("match").Elements().Select(Condition).ToArray();
        if (conditions.Length == 0)
        {
            throw node.Required("match").Wrong("at least one condition");
        }

        var drop = node.Optional("drop")?.Truth() ?? false;
        return new CatalogEntry(
            node.Required("type").Attribute(),
            conditions,
            drop ? CatalogEntry.None : Pointer(node.Required("stream")),
            node.Optional("streamPrefix")?.Text() ?? "",
            PointerOrNone(node.Optional("id")),
            PointerOrNone(node.Optional("time")),
            drop)
        {
            Masking = Masking.Read(node),
            Rule = PayloadRule.Read(node, schemas),
        };
    }

    private CatalogCondition Condition(CatalogNode node)
    {
        node.AllowOnly("pointer", "equals");
        var pointer = Pointer(node.Required("pointer"));
        return node.Optional("equals") is { } expected
            ? new CatalogCondition(pointer, expected.ScalarType(), expected.ScalarText())
            : new CatalogCondition(pointer, JsonTokenType.None, null);
    }

    private int PointerOrNone(CatalogNode? node) => node is { } given ? Pointer(given) : CatalogEntry.None;

    private int Pointer(CatalogNode node)
    {
        try
        {
            return _pointers.Add(node.Text(allowEmpty: true));
        }
        catch (FormatException fault)
        {
            throw node.Wrong($"a JSON pointer; {fault.Message}");
        }
    }
}
