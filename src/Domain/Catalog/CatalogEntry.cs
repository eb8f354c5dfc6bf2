using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>A family of records: how they are recognised, and what their events are.</summary>
/// <param name="Number">Its place in the catalog, from 0 on.</param>
/// <param name="Identity">How its events are identified. Null where there is no type.</param>
/// <param name="Match">The conditions that a record must meet.</param>
/// <param name="Each">Pointer of the array whose elements are the events; <see cref="None"/> if the record is one event.</param>
/// <param name="Type">Null if each element is a record of its own, for the other entries.</param>
/// <param name="Stream">Null where there is no type, and in an entry that drops.</param>
/// <param name="Id">Null if the records bring none.</param>
/// <param name="Time">Null if the records bring none.</param>
/// <param name="Drop">Whether its records are not wanted.</param>
internal sealed record CatalogEntry(int Number, FamilyIdentity? Identity, CatalogCondition Match, int Each, CatalogText? Type, CatalogText? Stream, CatalogText? Id, CatalogTime? Time, bool Drop)
{
    /// <summary>No such pointer in this entry.</summary>
    public const int None = -1;

    /// <summary>Bytes of a type that is made of a record's members.</summary>
    private const int MaxTypeBytes = 256;

    /// <summary>A dropped record reaches no stream, but a classification has one.</summary>
    private static readonly StreamId Dropped = new("dropped");

    /// <summary>The producer's number of an event in its stream. Null if the records bring none.</summary>
    public CatalogText? Sequence { get; init; }

    public Masking? Masking { get; init; }

    public PayloadRule? Rule { get; init; }

    /// <summary>Whether its conditions look at CloudEvents, attributes and all, and not at other records.</summary>
    public bool IsOfCloudEvents { get; init; }

    public bool HasRules => Masking is not null || Rule is not null;

    /// <summary>Whether its schema and its masks apply to the data of a CloudEvent.</summary>
    public bool RulesHoldFor(JsonScan cloudEvent, string type) => HasRules && (IsOfCloudEvents ? Match.Holds(cloudEvent) : Type?.Says(type) == true);

    /// <summary>Whether it says when two CloudEvents like this one are the same. An event of the family itself comes as a CloudEvent when an operator sends it in again.</summary>
    public bool ComparesFor(JsonScan cloudEvent, string source, string type) =>
        Identity is { Compares: true } && (IsOfCloudEvents ? Match.Holds(cloudEvent) : Type?.CanSay(type) == true && Identity.SourceOf(type) == source);

    /// <summary>The same for a payload that is not masked yet. If the entry has masks, the result is the entry alone, because stream, id and time come from the masked payload.</summary>
    public Classification? TryClassifyUnmasked(in Scanned scanned) => Masking is null ? TryClassify(scanned) : new Classification("", Identity!, Dropped) { Rules = this };

    /// <summary>Null if the record lacks what type, stream or sequence are made of.</summary>
    public Classification? TryClassify(in Scanned scanned)
    {
        if (Drop)
        {
            return new Classification("", Identity!, Dropped) { Drop = true, Entry = Number };
        }

        if (Type!.Of(scanned, static type => CloudEventText.IsKey(type, MaxTypeBytes)) is not { } type || Stream!.Of(scanned, StreamId.IsValid) is not { } stream)
        {
            return null;
        }

        var sequence = Sequence?.Of(scanned, DataEvent.IsSequence);
        if (sequence is null && Sequence is not null)
        {
            return null;
        }

        string? timeTrouble = null;
        return new Classification(type, Identity!, new StreamId(stream))
        {
            Id = Id?.Of(scanned, EventId.IsValid) is { } id ? new EventId(id) : null,
            Sequence = sequence,
            Time = Time?.Of(scanned, out timeTrouble),
            TimeTrouble = timeTrouble,
            Entry = Number,
            Rules = HasRules ? this : null,
        };
    }
}
