namespace DataToEvents.Domain;

/// <summary>An event as a record brought it: to be dropped by the catalog's word, or to be put in an envelope.</summary>
public readonly record struct ReadEvent
{
    private readonly EventDraft? _draft;

    private readonly EnvelopeWriter? _envelopes;

    internal ReadEvent(EventDraft draft, EnvelopeWriter envelopes) => (_draft, _envelopes) = (draft, envelopes);

    internal static ReadEvent Dropped => default;

    public bool IsDropped => _draft is null;

    /// <summary>The record brought its id: it is the same however often and whenever the record is sent.</summary>
    public bool HasOwnId { get; internal init; }

    /// <summary>The record brought its time; otherwise it is that of its arrival.</summary>
    public bool HasOwnTime { get; internal init; }

    /// <summary>The event with its payload in the envelope. Events of one reader are written one after the other, never at the same time.</summary>
    public DataEvent Inline() => Draft.Inline(_envelopes!);

    /// <summary>The event with <paramref name="dataRef"/>, a URI reference, in its payload's place (claim check).</summary>
    public DataEvent Referring(string dataRef) => Draft.Referring(dataRef);

    private EventDraft Draft => _draft ?? throw new InvalidOperationException("The catalog drops this event.");
}
