using DataToEvents.Domain.Json;
using DataToEvents.Domain.Unpacking;

namespace DataToEvents.Domain.Catalog;

/// <summary>Reads a catalog strictly, because a misspelt member would match nothing without an error.</summary>
internal sealed class CatalogReader
{
    private const string DefaultUnclassifiedType = "data.unclassified";
    private const uint DefaultShards = 16;
    private const int MaxShards = 10_000;

    // A member given twice would silently override itself.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] RuleMembers = ["mask", "schema", "invalid"];

    private readonly Func<string, IPayloadSchema>? _schemas;
    private readonly IReadOnlyList<IUnpacker> _unpackers;
    private readonly bool _ignoreCase;
    private readonly JsonPointerSet _pointers;
    private readonly ConditionReader _conditions;

    private CatalogReader(Func<string, IPayloadSchema>? schemas, IReadOnlyList<IUnpacker> unpackers, bool ignoreCase)
    {
        (_schemas, _unpackers, _ignoreCase, _pointers) = (schemas, unpackers, ignoreCase, new JsonPointerSet(ignoreCase));
        _conditions = new ConditionReader(_pointers);
    }

    /// <param name="json">The file's bytes.</param>
    /// <param name="schemas">Opens a schema by its name; null: schemas are not looked at.</param>
    /// <param name="unpackers">The formats that the catalog may name in <c>unpack</c>.</param>
    public static EventCatalog Read(ReadOnlyMemory<byte> json, Func<string, IPayloadSchema>? schemas, IReadOnlyList<IUnpacker> unpackers)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = new CatalogNode(document.RootElement, CatalogNode.Root);
            root.AllowOnly("source", "unclassified", "ignoreCase", "unpack", "events");
            return new CatalogReader(schemas, unpackers, root.Optional("ignoreCase")?.Truth() ?? false).Catalog(root);
        }
        catch (CatalogException fault) when (fault.Path is { } path)
        {
            var (line, column) = CatalogPlace.Find(json.Span, path);
            throw new CatalogException($"{fault.Message} Line {line}, column {column}.");
        }
        catch (JsonException fault) when (fault is { LineNumber: { } line, BytePositionInLine: { } column })
        {
            throw new CatalogException($"The catalog is not JSON: {fault.Message} Line {line + 1}, column {column + 1}.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no Unicode text.
            throw new CatalogException($"The catalog is not JSON: {fault.Message}");
        }
    }

    private EventCatalog Catalog(CatalogNode root)
    {
        var unclassified = root.Optional("unclassified") is { } node ? Unclassified(node) : new(DefaultUnclassifiedType, DefaultShards);
        var source = root.Required("source").Reference();
        var entries = root.Required("events").Elements().Select((node, number) => Entry(node, number, source)).ToArray();
        var unpackers = root.Optional("unpack")?.Elements().Select(Unpacker).ToArray() ?? [];
        return new EventCatalog(new FamilyIdentity(source), unclassified, _pointers, unpackers, entries);
    }

    private IUnpacker Unpacker(CatalogNode node) => node.Choice([.. _unpackers.Select(unpacker => (unpacker.Name, unpacker))]);

    private static UnclassifiedEvents Unclassified(CatalogNode node)
    {
        node.AllowOnly("type", "shards");
        var type = node.Optional("type")?.Attribute() ?? DefaultUnclassifiedType;
        var shards = node.Optional("shards")?.Whole(1, MaxShards) ?? (int)DefaultShards;
        return new UnclassifiedEvents(type, (uint)shards);
    }

    private CatalogEntry Entry(CatalogNode node, int number, string source)
    {
        if (node.IsObject && node.Optional("cloudEvents") is { } cloudEvents)
        {
            return OfCloudEvents(node, cloudEvents, number);
        }

        node.AllowOnly(["type", "match", "each", "stream", "streamPrefix", "sequence", "id", "time", "drop", "cloudEvents", .. RuleMembers, .. FamilyIdentity.Members]);
        var match = _conditions.All(node.Required("match"));
        if (node.Optional("drop")?.Truth() ?? false)
        {
            var identity = FamilyIdentity.Read(node, source, node.Required("type").Attribute(), _ignoreCase);
            return node.Optional("each") is { } ignored
                ? throw ignored.Wrong("no each, because the entry drops its records")
                : new CatalogEntry(number, identity, match, CatalogEntry.None, null, null, null, null, Drop: true);
        }

        if (node.Optional("each") is { } each && node.Optional("type") is null)
        {
            node.AllowOnly("match", "each");
            return new CatalogEntry(number, null, match, _conditions.Pointer(each), null, null, null, null, Drop: false);
        }

        var values = new ValueReader(_conditions, node.Optional("each") is not null);
        var type = values.Type(node.Required("type"));
        return new CatalogEntry(
            number,
            FamilyIdentity.Read(node, source, type.Always, _ignoreCase),
            match,
            node.Optional("each") is { } list ? _conditions.Pointer(list) : CatalogEntry.None,
            type,
            values.Key(node.Required("stream"), node.Optional("streamPrefix")?.Text()),
            node.Optional("id") is { } id ? values.Key(id) : null,
            node.Optional("time") is { } time ? values.Time(time) : null,
            Drop: false)
        {
            Sequence = node.Optional("sequence") is { } sequence ? values.Key(sequence) : null,
            Masking = Masking.Read(node, _ignoreCase),
            Rule = PayloadRule.Read(node, _schemas),
        };
    }

    /// <summary>An entry for CloudEvents, which have type, source, subject, id and time already.</summary>
    private CatalogEntry OfCloudEvents(CatalogNode node, CatalogNode mark, int number)
    {
        if (!mark.Truth())
        {
            throw mark.Wrong("true; an entry for other records has no such member");
        }

        string[] says = [.. RuleMembers, .. FamilyIdentity.ComparisonMembers];
        node.AllowOnly(["cloudEvents", "match", .. says]);
        if (!Array.Exists(says, name => node.Optional(name) is not null))
        {
            throw node.Wrong($"at least one of {string.Join(", ", says)}");
        }

        return new CatalogEntry(number, FamilyIdentity.Read(node, "", "", _ignoreCase), _conditions.All(node.Required("match")), CatalogEntry.None, null, null, null, null, Drop: false)
        {
            IsOfCloudEvents = true,
            Masking = Masking.Read(node, _ignoreCase),
            Rule = PayloadRule.Read(node, _schemas),
        };
    }
}
