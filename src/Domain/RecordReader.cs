using DataToEvents.Domain.Catalog;
using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>
/// Reads the records of one batch as events: splits NDJSON, recognises CloudEvents, classifies the rest, gives ids. The result depends only on the
/// batch's bytes and arrival times in their order. Use one instance for each batch.
/// </summary>
/// <param name="catalog">Says what a record is.</param>
/// <param name="arena">Memory for the inline envelopes; null gives each an array of its own.</param>
public sealed class RecordReader(EventCatalog catalog, ByteArena? arena = null)
{
    private readonly ArrivalIds _ids = new();
    private readonly JsonScan _scan = new(catalog.Pointers);
    private readonly EnvelopeWriter _envelopes = new(arena);

    /// <summary>The events of one record, in its order, each read when it is asked for. Whatever its bytes are, a record has at least one; the catalog may drop events.</summary>
    /// <param name="record">The record's bytes, which the events keep referring to.</param>
    /// <param name="arrival">When the delivery stream accepted it.</param>
    /// <param name="traceParent">The trace of the invocation, for events that bring none.</param>
    public IEnumerable<ParsedEvent> Read(ReadOnlyMemory<byte> record, DateTimeOffset arrival, string? traceParent = null)
    {
        if (RecordLines.Split(record) is { } lines)
        {
            foreach (var line in lines)
            {
                yield return ReadOne(line, arrival, traceParent);
            }
        }
        else
        {
            yield return ReadOne(record, arrival, traceParent);
        }
    }

    private ParsedEvent ReadOne(ReadOnlyMemory<byte> content, DateTimeOffset arrival, string? traceParent)
    {
        if (!Utf8.IsValid(content.Span) || !_scan.TryScan(content.Span))
        {
            return Wrap(content, Payload.OfOther(content), catalog.Unclassified(content.Span), arrival, traceParent);
        }

        var json = _scan.Value.Raw(content);
        if (catalog.CloudEvent.Match(content.Span, _scan) && TryReadCloudEvent(json, arrival, traceParent) is { } cloudEvent)
        {
            return cloudEvent;
        }

        var classification = catalog.Classify(content.Span, _scan);
        if (classification.Rules is { } entry)
        {
            return ReadByRules(json, entry, arrival, traceParent);
        }

        return classification.Drop ? ParsedEvent.Dropped : Wrap(json, Payload.OfJson(json, _scan.Depth, _scan.HasWideInteger, Payload.JsonType), classification, arrival, traceParent);
    }

    private ParsedEvent ReadByRules(ReadOnlyMemory<byte> json, CatalogEntry entry, DateTimeOffset arrival, string? traceParent)
    {
        var found = PayloadFindings.Of(json, entry.Rule);
        if (found.IsDropped)
        {
            return ParsedEvent.Dropped;
        }

        if (entry.Masking is { } masking)
        {
            json = masking.Apply(json, catalog.MaskKey);
            _scan.TryScan(json.Span);
        }

        return Wrap(json, Payload.OfJson(json, _scan.Depth, _scan.HasWideInteger, Payload.JsonType), catalog.Classify(entry, json.Span, _scan), arrival, traceParent, found);
    }

    private ParsedEvent Wrap(ReadOnlyMemory<byte> content, Payload payload, Classification kind, DateTimeOffset arrival, string? traceParent, PayloadFindings found = default) => new(_envelopes)
    {
        Id = kind.Id ?? _ids.Next(arrival.ToUnixTimeMilliseconds(), content.Span),
        HasOwnId = kind.Id is not null,
        Source = catalog.Source,
        Type = kind.Type,
        Stream = kind.Stream,
        Time = kind.Time ?? Timestamp.Format(arrival),
        HasOwnTime = kind.Time is not null,
        AcceptedAt = arrival,
        Payload = payload,
        TraceParent = traceParent,
        Refusal = found.Refusal,
        Extensions = found.Extensions(),
    };

    /// <summary>Null when an attribute breaks CloudEvents' rules. The record is then carried as ordinary data, with all that it says.</summary>
    private ParsedEvent? TryReadCloudEvent(ReadOnlyMemory<byte> json, DateTimeOffset arrival, string? traceParent)
    {
        CloudEventMembers members;
        try
        {
            members = CloudEventMembers.Read(json);
        }
        catch (FormatException)
        {
            return null;
        }

        var payload = members.Payload();
        var found = default(PayloadFindings);
        if (catalog.RulesOf(members.Type) is { } entry)
        {
            (payload, found) = ByRules(payload, entry);
            if (found.IsDropped)
            {
                return ParsedEvent.Dropped;
            }
        }

        return new ParsedEvent(_envelopes)
        {
            Id = members.Id,
            HasOwnId = true,
            Source = members.Source,
            Type = members.Type,
            Stream = members.Subject is { } subject ? new StreamId(subject) : catalog.Shard(json.Span),
            Time = members.Time ?? Timestamp.Format(arrival),
            HasOwnTime = members.Time is not null,
            AcceptedAt = arrival,
            Payload = payload,
            TraceParent = members.TraceParent ?? traceParent,
            Refusal = found.Refusal,
            Extensions = found.Extensions(members.Extensions()),
        };
    }
    /// <summary>The JSON of a CloudEvent, in <c>data</c> or in <c>data_base64</c>, checked and masked. Other data has no schema, and no place that a mask could name.</summary>
    private (Payload Payload, PayloadFindings Found) ByRules(Payload payload, CatalogEntry entry)
    {
        if (payload.Form is PayloadForm.None or PayloadForm.Reference || !Payload.IsJson(payload.ContentType))
        {
            return (payload, default);
        }

        var json = payload.Form == PayloadForm.EncodedBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(payload.Bytes.Span)) : payload.Bytes;
        if (!Utf8.IsValid(json.Span) || !_scan.TryScan(json.Span))
        {
            return (payload, default);
        }

        json = _scan.Value.Raw(json);
        var found = PayloadFindings.Of(json, entry.Rule);
        if (entry.Masking is not { } masking)
        {
            return (payload, found);
        }

        json = masking.Apply(json, catalog.MaskKey);
        _scan.TryScan(json.Span);
        return (Payload.OfJson(json, _scan.Depth, _scan.HasWideInteger, payload.ContentType), found);
    }
}
