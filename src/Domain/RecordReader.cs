using System.Text.Unicode;
using DataToEvents.Domain.Catalog;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>
/// Reads the records of one batch as events: splits NDJSON, recognises CloudEvents, classifies the rest, gives ids. A pure
/// function of the batch's bytes and arrival times in their order; one instance a batch.
/// </summary>
/// <param name="catalog">What records are.</param>
/// <param name="arena">Where the inline envelopes are kept; null keeps each on its own.</param>
public sealed class RecordReader(EventCatalog catalog, ByteArena? arena = null)
{
    private readonly ArrivalIds _ids = new();
    private readonly JsonScan _scan = new(catalog.Pointers);
    private readonly EnvelopeWriter _envelopes = new(arena);

    /// <summary>The events of one record, in its order. Every record has at least one, whatever its bytes are.</summary>
    /// <param name="record">The record's bytes, which the events keep referring to.</param>
    /// <param name="arrival">When the delivery stream accepted it.</param>
    /// <param name="traceParent">The trace of the invocation, for events that bring none.</param>
    public ReadEvents Read(ReadOnlyMemory<byte> record, DateTimeOffset arrival, string? traceParent = null) =>
        new(this, record, RecordLines.Split(record), arrival, traceParent);

    internal ReadEvent ReadOne(ReadOnlyMemory<byte> content, DateTimeOffset arrival, string? traceParent)
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
        return classification.Drop
            ? ReadEvent.Dropped
            : Wrap(json, Payload.OfJson(json, _scan.Depth, Payload.JsonType), classification, arrival, traceParent);
    }

    private ReadEvent Wrap(ReadOnlyMemory<byte> content, Payload payload, Classification kind, DateTimeOffset arrival, string? traceParent)
    {
        var id = kind.Id ?? _ids.Next(arrival.ToUnixTimeMilliseconds(), content.Span);
        var time = kind.Time ?? Timestamp.Format(arrival);
        return new ReadEvent(new EventDraft(id, catalog.Source, kind.Type, kind.Stream, time, arrival, payload, traceParent, []), _envelopes)
        {
            HasOwnId = kind.Id is not null,
            HasOwnTime = kind.Time is not null,
        };
    }

    /// <summary>Null when an attribute breaks CloudEvents' rules: the record is then carried as ordinary data, with all that it says.</summary>
    private ReadEvent? TryReadCloudEvent(ReadOnlyMemory<byte> json, DateTimeOffset arrival, string? traceParent)
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

        var stream = members.Subject is { } subject ? new StreamId(subject) : catalog.Shard(json.Span);
        var time = members.Time ?? Timestamp.Format(arrival);
        return new ReadEvent(new EventDraft(
            members.Id, members.Source, members.Type, stream, time, arrival, members.Payload(), members.TraceParent ?? traceParent, members.Extensions()), _envelopes)
        {
            HasOwnId = true,
            HasOwnTime = members.Time is not null,
        };
    }
}
