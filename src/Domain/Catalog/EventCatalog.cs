using DataToEvents.Domain.Json;
using DataToEvents.Domain.Unpacking;

namespace DataToEvents.Domain.Catalog;

/// <summary>
/// Classifies records that are not CloudEvents. Each entry has conditions, and says what type, stream, id and time its records' events have. The first entry that
/// matches counts. A record that matches none is <c>unclassified</c>, never refused.
/// </summary>
public sealed class EventCatalog
{
    private readonly CatalogEntry[] _entries;
    private readonly CatalogEntry[] _ruling;
    private readonly CatalogEntry[] _comparing;
    private readonly UnclassifiedEvents _unclassified;
    private readonly FamilyIdentity _identity;

    internal EventCatalog(FamilyIdentity identity, UnclassifiedEvents unclassified, JsonPointerSet pointers, IUnpacker[] unpackers, CatalogEntry[] entries)
    {
        _identity = identity;
        Pointers = pointers;
        CloudEvent = new CloudEventPointers(pointers);
        Unpackers = unpackers;
        _unclassified = unclassified;
        _entries = Array.FindAll(entries, static entry => !entry.IsOfCloudEvents);
        _ruling = Array.FindAll(entries, static entry => entry.HasRules);
        _comparing = Array.FindAll(entries, static entry => entry.Identity is { Compares: true });
    }

    /// <summary>CloudEvents <c>source</c> of events that no entry matches, and the beginning of that of an entry that names none.</summary>
    public string Source => _identity.Source;

    /// <summary>Null when no mask needs one, or when none was given.</summary>
    internal MaskKey? MaskKey { get; private set; }

    internal JsonPointerSet Pointers { get; }

    internal CloudEventPointers CloudEvent { get; }

    /// <summary>For the records that are to be unpacked.</summary>
    internal IUnpacker[] Unpackers { get; }

    /// <summary>Reads <c>catalog.json</c>.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="maskKey">Asked once, if an entry has masks that need a key. Without it, a record that is to be masked by a key cannot be read.</param>
    /// <param name="schemas">Opens a schema by its name; null: no record is checked against a schema.</param>
    /// <param name="unpackers">The formats that a catalog may name in <c>unpack</c>, beside gzip.</param>
    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static EventCatalog Parse(
        ReadOnlyMemory<byte> json, Func<MaskKey>? maskKey = null, Func<string, IPayloadSchema>? schemas = null, IReadOnlyList<IUnpacker>? unpackers = null)
    {
        var catalog = CatalogReader.Read(json, schemas, [new GzipUnpacker(), .. unpackers ?? []]);
        if (Array.Exists(catalog._ruling, static entry => entry.Masking is { IsKeyed: true }))
        {
            catalog.MaskKey = maskKey?.Invoke();
        }

        return catalog;
    }

    /// <param name="scan">The scan of the record.</param>
    /// <param name="each">The entry by which the record's elements are events; null when the record is one event, or is an element itself.</param>
    /// <param name="isElement">Whether the record is an element of another.</param>
    internal Classification Classify(JsonScan scan, out CatalogEntry? each, bool isElement = false)
    {
        each = null;
        foreach (var entry in _entries)
        {
            if (!entry.Match.Holds(scan))
            {
                continue;
            }

            if (entry.Each == CatalogEntry.None)
            {
                if (entry.TryClassifyUnmasked(new Scanned(scan)) is { } classification)
                {
                    return classification;
                }
            }
            else if (!isElement && JsonElements.AreDocuments(scan[entry.Each].Raw(scan.Text).Span))
            {
                each = entry;
                return default;
            }
        }

        return Unclassified(scan.Content.Span);
    }

    /// <summary>The first entry whose schema or masks apply to a CloudEvent; null if there is none.</summary>
    internal CatalogEntry? RulesOf(JsonScan cloudEvent, string type)
    {
        foreach (var entry in _ruling)
        {
            if (entry.RulesHoldFor(cloudEvent, type))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The rule by which two CloudEvents like this one are the same event, from the first entry that has such a rule; null if no entry has one.</summary>
    internal FamilyIdentity? ComparisonOf(JsonScan cloudEvent, string source, string type)
    {
        foreach (var entry in _comparing)
        {
            if (entry.ComparesFor(cloudEvent, source, type))
            {
                return entry.Identity;
            }
        }

        return null;
    }

    internal Classification Unclassified(ReadOnlySpan<byte> payload) => new(_unclassified.Type, _identity, Shard(payload));

    /// <summary>The stream of a payload that no entry matches. Equal payloads share a shard, so that a record that is sent again meets its first copy; other payloads run in parallel.</summary>
    private StreamId Shard(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return new StreamId($"unclassified-{BitConverter.ToUInt32(hash) % _unclassified.Shards}");
    }
}

internal sealed record UnclassifiedEvents(string Type, uint Shards);
