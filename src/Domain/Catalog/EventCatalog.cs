using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>
/// Classifies records that are not CloudEvents. Each entry has a type, conditions, the pointer of the stream key, and optionally those of id and
/// time. The first entry that matches counts. A record that matches none is <c>unclassified</c>, never refused.
/// </summary>
public sealed class EventCatalog
{
    private readonly CatalogEntry[] _entries;
    private readonly UnclassifiedEvents _unclassified;

    internal EventCatalog(string source, UnclassifiedEvents unclassified, JsonPointerSet pointers, CatalogEntry[] entries)
    {
        Source = source;
        Pointers = pointers;
        CloudEvent = new CloudEventPointers(pointers);
        _unclassified = unclassified;
        _entries = entries;
    }

    /// <summary>CloudEvents <c>source</c> of every event that the catalog classifies.</summary>
    public string Source { get; }

    /// <summary>The types in the order in which they are tried.</summary>
    public IEnumerable<string> Types => _entries.Select(entry => entry.Type);

    /// <summary>Null when no mask needs one, or when none was given.</summary>
    internal MaskKey? MaskKey { get; private set; }

    internal JsonPointerSet Pointers { get; }

    internal CloudEventPointers CloudEvent { get; }

    /// <summary>Reads <c>catalog.json</c>.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="maskKey">Asked once, if an entry has masks that need a key. Without it, a record that is to be masked by a key cannot be read.</param>
    /// <param name="schemas">Opens a schema by its name; null: no record is checked against a schema.</param>
    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static EventCatalog Parse(ReadOnlyMemory<byte> json, Func<MaskKey>? maskKey = null, Func<string, IPayloadSchema>? schemas = null)
    {
        var catalog = CatalogReader.Read(json, schemas);
        if (Array.Exists(catalog._entries, static entry => entry.Masking is { IsKeyed: true }))
        {
            catalog.MaskKey = maskKey?.Invoke();
        }

        return catalog;
    }

    internal Classification Classify(ReadOnlySpan<byte> json, JsonScan scan)
    {
        foreach (var entry in _entries)
        {
            if (entry.TryClassify(json, scan) is { } classification)
            {
                return classification;
            }
        }

        return Unclassified(scan.Value.Raw(json));
    }

    /// <summary>The first entry with a CloudEvent's type that says something of its data; null if there is none.</summary>
    internal CatalogEntry? RulesOf(string type) => Array.Find(_entries, entry => entry.HasRules && entry.Type == type);

    /// <summary>What a record is whose entry has masks: stream, id and time come from the payload with its masks on.</summary>
    internal Classification Classify(CatalogEntry entry, ReadOnlySpan<byte> json, JsonScan scan) => entry.TryIdentify(json, scan) ?? Unclassified(json);

    internal Classification Unclassified(ReadOnlySpan<byte> payload) => new(_unclassified.Type, Shard(payload));

    /// <summary>The stream of a payload that has no stream key. Equal payloads share a shard, so that a record that is sent again meets its first copy; other payloads run in parallel.</summary>
    internal StreamId Shard(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return new StreamId($"unclassified-{BitConverter.ToUInt32(hash) % _unclassified.Shards}");
    }
}

internal sealed record UnclassifiedEvents(string Type, uint Shards);

/// <summary>What a record turned out to be. Id and time are null when the record has none.</summary>
internal readonly record struct Classification(string Type, StreamId Stream, EventId? Id = null, string? Time = null, bool Drop = false)
{
    /// <summary>The entry if it has a schema or masks: the payload has to be checked and masked first, and is then identified by the entry.</summary>
    public CatalogEntry? Rules { get; init; }
}

internal sealed record CatalogEntry(string Type, CatalogCondition[] Match, int Stream, string StreamPrefix, int Id, int Time, bool Drop)
{
    /// <summary>No such pointer in this entry.</summary>
    public const int None = -1;

    /// <summary>A dropped record reaches no stream, but a classification has one.</summary>
    private static readonly StreamId Dropped = new("dropped");

    public Masking? Masking { get; init; }

    public PayloadRule? Rule { get; init; }

    public bool HasRules => Masking is not null || Rule is not null;

    /// <summary>Null when a condition fails, or when the stream key is no string or number that can be a key.</summary>
    public Classification? TryClassify(ReadOnlySpan<byte> json, JsonScan scan)
    {
        foreach (var condition in Match)
        {
            if (!condition.Holds(json, scan))
            {
                return null;
            }
        }

        if (Drop)
        {
            return new Classification(Type, Dropped, Drop: true);
        }

        if (!HasRules)
        {
            return TryIdentify(json, scan);
        }

        return Masking is null ? TryIdentify(json, scan) is { } identified ? identified with { Rules = this } : null : new Classification(Type, Dropped) { Rules = this };
    }

    /// <summary>Null when the stream key is no string or number that can be a key.</summary>
    public Classification? TryIdentify(ReadOnlySpan<byte> json, JsonScan scan)
    {
        var key = StreamPrefix + scan[Stream].Key(json);
        if (!scan[Stream].Exists || key.Length == StreamPrefix.Length || !StreamId.IsValid(key))
        {
            return null;
        }

        var id = Id == None ? null : scan[Id].Key(json);
        return new Classification(Type, new StreamId(key), EventId.IsValid(id) ? new EventId(id!) : null, Time == None ? null : TimeAt(json, scan[Time]));
    }

    /// <summary>An RFC 3339 string as it is written, or epoch milliseconds; anything else is as if there were no time.</summary>
    private static string? TimeAt(ReadOnlySpan<byte> json, JsonSlice value)
    {
        if (value.Type == JsonTokenType.Number)
        {
            return long.TryParse(value.Raw(json), CultureInfo.InvariantCulture, out var milliseconds) ? Timestamp.TryFormat(milliseconds) : null;
        }

        return value.Text(json) is { } text && Timestamp.TryParse(text, out _) ? text : null;
    }
}

/// <summary>A pointer that must exist, or must equal a scalar.</summary>
internal sealed record CatalogCondition(int Pointer, JsonTokenType ExpectedType, string? ExpectedText)
{
    public bool Holds(ReadOnlySpan<byte> json, JsonScan scan)
    {
        var value = scan[Pointer];
        return ExpectedType == JsonTokenType.None
            ? value.Exists
            : value.Type == ExpectedType && (ExpectedText is null || value.IsKey(json, ExpectedText));
    }
}
