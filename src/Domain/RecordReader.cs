using System.Runtime.CompilerServices;
using DataToEvents.Domain.Catalog;
using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>
/// Reads the records of one batch as events: unpacks them, splits them into JSON documents, recognises CloudEvents, classifies the rest, gives ids. The result depends
/// only on the batch's bytes and arrival times in their order. Use one instance for each batch.
/// </summary>
/// <param name="catalog">Says what a record is.</param>
/// <param name="arena">Memory for the inline envelopes; null gives each an array of its own.</param>
/// <param name="unpackedLimit">Bytes that a record may hold when it is unpacked.</param>
public sealed class RecordReader(EventCatalog catalog, ByteArena? arena = null, int unpackedLimit = RecordReader.DefaultUnpackedLimit)
{
    public const int DefaultUnpackedLimit = 16 * 1024 * 1024;

    private const int MaxReason = 200;

    private readonly ArrivalIds _ids = new();
    private readonly RecordDocuments _documents = new(catalog.Pointers);
    private readonly JsonScan _element = new(catalog.Pointers);
    private readonly EnvelopeWriter _envelopes = new(arena);
    private JsonScan? _payload;

    /// <summary>The parts of the records so far that were not understood, counted by kind.</summary>
    public Doubts Doubts { get; } = new();

    /// <summary>
    /// The events of one record, in its order, each read when it is asked for: ask for no other record in between. Whatever its bytes are, a record has at least one. The
    /// catalog may drop events, and a record that is too large when it is unpacked is refused.
    /// </summary>
    /// <param name="record">The record's bytes, which the events keep referring to.</param>
    /// <param name="arrival">When the delivery stream accepted it.</param>
    /// <param name="traceParent">The trace of the invocation, for events that bring none.</param>
    public IEnumerable<ParsedEvent> Read(ReadOnlyMemory<byte> record, DateTimeOffset arrival, string? traceParent = null)
    {
        var origin = new Origin(arrival, traceParent);
        var (content, trouble) = catalog.Unpackers.Length == 0 ? (record, null) : Unpack(record);
        if (content is null)
        {
            yield return ParsedEvent.Refused(trouble!);
            yield break;
        }

        trouble ??= _documents.Begin(content.Value);
        if (trouble is not null)
        {
            yield return ReadOther(content.Value, trouble, origin);
            yield break;
        }

        while (_documents.Next() is { } document)
        {
            if (ReadOne(document, origin, out var each) is { } one)
            {
                yield return one;
                continue;
            }

            var elements = new JsonElements((each is null ? document.Value : document[each.Each]).Raw(document.Text));
            while (elements.TryNext(_element))
            {
                yield return each?.Type is null ? ReadOne(_element, origin, out _, isElement: true)! : ReadElement(each, document, origin);
            }
        }
    }

    /// <summary>The record's content; null when it is too large. Damaged content stays packed, with the reason.</summary>
    private (ReadOnlyMemory<byte>? Content, string? Trouble) Unpack(ReadOnlyMemory<byte> record)
    {
        if (Array.Find(catalog.Unpackers, unpacker => unpacker.Recognises(record.Span)) is not { } found)
        {
            return (record, null);
        }

        using var unpacked = new PooledBytes(4 * record.Length);
        try
        {
            found.Unpack(record, unpacked, unpackedLimit);
        }
        catch (InvalidDataException fault)
        {
            return (record, $"it begins as {found.Name} and is not sound: {fault.Message}");
        }

        if (unpacked.Length > unpackedLimit)
        {
            return (null, $"it holds more than {unpackedLimit} bytes when it is unpacked ({found.Name})");
        }

        var kept = arena?.Take(unpacked.Length) ?? new byte[unpacked.Length];
        unpacked.Written.CopyTo(kept);
        return (kept, null);
    }

    private ParsedEvent ReadOther(ReadOnlyMemory<byte> record, string trouble, Origin origin)
    {
        Doubts.Add(DoubtKind.NotJson, trouble);
        Doubts.Add(DoubtKind.Unclassified, trouble);
        return Wrap(record, Payload.OfOther(record), catalog.Unclassified(record.Span), origin);
    }

    /// <returns>Null when the elements of <paramref name="each"/> are the events, or, if that is null too, those of a CloudEvents batch.</returns>
    private ParsedEvent? ReadOne(JsonScan scan, Origin origin, out CatalogEntry? each, bool isElement = false)
    {
        each = null;
        if (catalog.CloudEvent.Match(scan))
        {
            if (TryReadCloudEvent(scan, origin, out var trouble) is { } cloudEvent)
            {
                return cloudEvent;
            }

            Doubts.Add(DoubtKind.InvalidCloudEvent, trouble);
        }
        else if (!isElement && scan.Value.Type == JsonTokenType.StartArray && IsCloudEventBatch(scan.Content))
        {
            return null;
        }

        var classification = catalog.Classify(scan, out each, isElement);
        return each is null ? Wrap(scan, classification, origin) : null;
    }

    private ParsedEvent ReadElement(CatalogEntry each, JsonScan document, Origin origin) =>
        Wrap(_element, each.TryClassifyUnmasked(new Scanned(_element, document)) ?? catalog.Unclassified(_element.Content.Span), origin, document);

    /// <param name="document">The record around an element; null when the record is the event.</param>
    private ParsedEvent Wrap(JsonScan scan, Classification kind, Origin origin, JsonScan? document = null)
    {
        if (kind.Drop)
        {
            return ParsedEvent.Dropped;
        }

        var found = PayloadFindings.Of(scan.Content, kind.Rules?.Rule);
        if (found.IsDropped)
        {
            return ParsedEvent.Dropped;
        }

        StrongBox<Payload>? unmasked = null;
        if (kind.Rules is { Masking: { } masking } entry)
        {
            unmasked = new StrongBox<Payload>(JsonPayload(scan));

            // Stream, id and time come from the payload with its masks on. Without a stream no other entry is tried: it would not have the masks.
            scan = ScanAgain(masking.Apply(scan.Content, catalog.MaskKey));
            kind = entry.TryClassify(new Scanned(scan, document)) ?? catalog.Unclassified(scan.Content.Span);
        }

        if (kind.Entry is null)
        {
            Doubts.Add(DoubtKind.Unclassified, "no entry of the catalog matches");
        }

        if (kind.TimeTrouble is { } trouble)
        {
            Doubts.Add(DoubtKind.TimeUnusable, trouble);
        }

        return Wrap(scan.Content, JsonPayload(scan), kind, origin, found, unmasked);
    }

    private static Payload JsonPayload(JsonScan scan) => Payload.OfJson(scan.Content, scan.Depth, scan.HasWideInteger, Payload.JsonType);

    /// <summary>The scan of a payload that is not the record's own text.</summary>
    private JsonScan ScanAgain(ReadOnlyMemory<byte> json)
    {
        _payload ??= new JsonScan(catalog.Pointers);
        return _payload.TryScan(json) ? _payload : throw new InvalidOperationException("A masked payload is not JSON.");
    }

    private ParsedEvent Wrap(ReadOnlyMemory<byte> content, Payload payload, Classification kind, Origin origin, PayloadFindings found = default, StrongBox<Payload>? unmasked = null) => new(_envelopes)
    {
        Id = kind.Id ?? _ids.Next(origin.Arrival.ToUnixTimeMilliseconds(), content.Span),
        HasOwnId = kind.Id is not null,
        Source = kind.Identity.SourceOf(kind.Type),
        Type = kind.Type,
        Content = kind.Identity.Content?.Of(content.Span),
        FirstStands = kind.Identity.FirstStands,
        Stream = kind.Stream,
        ProducerSequence = kind.Sequence,
        Time = kind.Time ?? Timestamp.Format(origin.Arrival),
        HasOwnTime = kind.Time is not null,
        AcceptedAt = origin.Arrival,
        Payload = payload,
        Unmasked = unmasked,
        TraceParent = origin.TraceParent,
        Entry = kind.Entry,
        Refusal = found.Refusal,
        Extensions = found.Extensions(),
    };

    /// <summary>Whether all elements are CloudEvents that keep the rules, and there is one.</summary>
    private bool IsCloudEventBatch(ReadOnlyMemory<byte> array)
    {
        var elements = new JsonElements(array);
        var isBatch = false;
        while (elements.TryNext(_element))
        {
            if (!catalog.CloudEvent.Match(_element))
            {
                return false;
            }

            if (!CloudEventMembers.TryReadRecord(_element.Content, out _, out var trouble))
            {
                Doubts.Add(DoubtKind.InvalidCloudEvent, Short(trouble));
                return false;
            }

            isBatch = true;
        }

        return isBatch;
    }

    /// <summary>Null when an attribute breaks CloudEvents' rules. The record is then carried as ordinary data, with all that it says.</summary>
    private ParsedEvent? TryReadCloudEvent(JsonScan scan, Origin origin, out string trouble)
    {
        if (!CloudEventMembers.TryReadRecord(scan.Content, out var members, out trouble))
        {
            trouble = Short(trouble);
            return null;
        }

        var (entry, comparison) = (catalog.RulesOf(scan, members.Type), catalog.ComparisonOf(scan, members.Source, members.Type));
        if (entry is not null && members.FormerId is { } former)
        {
            // Its id proves that it was released: its payload was checked and masked when it first came. A mask over a mask would be another value.
            var released = OfCloudEvent(members, null, comparison, origin);
            if (members.Id == ReleasedEvent.IdOf(former, released.Inline().ContentHash()))
            {
                return released;
            }
        }

        return OfCloudEvent(members, entry, comparison, origin);
    }

    private ParsedEvent OfCloudEvent(CloudEventMembers members, CatalogEntry? entry, FamilyIdentity? comparison, Origin origin)
    {
        var (payload, found, content) = entry is null && comparison?.Content is null ? (members.Payload(), default, null) : ByRules(members.Payload(), entry, comparison?.Content);
        return found.IsDropped ? ParsedEvent.Dropped : new ParsedEvent(_envelopes)
        {
            Id = members.Id,
            HasOwnId = true,
            Source = members.Source,
            Type = members.Type,
            Stream = members.Stream,
            HasSubject = members.HasSubject,
            Content = content,
            FirstStands = comparison?.FirstStands ?? false,
            Time = members.Time ?? Timestamp.Format(origin.Arrival),
            HasOwnTime = members.Time is not null,
            AcceptedAt = origin.Arrival,
            Payload = payload,
            Unmasked = entry?.Masking is null ? null : new StrongBox<Payload>(members.Payload()),
            TraceParent = members.TraceParent ?? origin.TraceParent,
            Refusal = found.Refusal,
            Extensions = found.Extensions(members.Extensions()),
        };
    }

    /// <summary>
    /// The JSON of a CloudEvent, in <c>data</c> or in <c>data_base64</c>, checked, masked and digested. Other data has no schema, and no place that a mask or a volatile
    /// member could name.
    /// </summary>
    private (Payload Payload, PayloadFindings Found, string? Content) ByRules(Payload payload, CatalogEntry? entry, JsonDigest? digest)
    {
        if (JsonOf(payload) is not { } json)
        {
            return (payload, default, null);
        }

        var found = PayloadFindings.Of(json, entry?.Rule);
        if (entry?.Masking is { } masking)
        {
            var masked = ScanAgain(masking.Apply(json, catalog.MaskKey));
            (payload, json) = (Payload.OfJson(masked.Content, masked.Depth, masked.HasWideInteger, payload.ContentType), masked.Content);
        }

        return (payload, found, digest?.Of(json.Span));
    }

    /// <summary>Null when the payload is not JSON.</summary>
    private ReadOnlyMemory<byte>? JsonOf(Payload payload)
    {
        if (payload.Form is PayloadForm.None or PayloadForm.Reference || !Payload.IsJson(payload.ContentType))
        {
            return null;
        }

        var json = payload.Form == PayloadForm.EncodedBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(payload.Bytes.Span)) : payload.Bytes;
        _payload ??= new JsonScan(catalog.Pointers);
        return Utf8.IsValid(json.Span) && _payload.TryScan(json) ? _payload.Content : null;
    }

    /// <summary>A reason may name a member, whose name can be of any length.</summary>
    private static string Short(string reason) => reason.Length > MaxReason ? $"{reason[..MaxReason]}…" : reason;

    /// <summary>The data that all events of a record share: its arrival and its trace.</summary>
    private readonly record struct Origin(DateTimeOffset Arrival, string? TraceParent);
}
