namespace DataToEvents.Domain.Catalog;

/// <summary>The catalog's answer for a record: its entry, and the stream, id and time that the entry reads from it.</summary>
internal readonly record struct Classification(string Type, FamilyIdentity Identity, StreamId Stream)
{
    /// <summary>Null when the record has none.</summary>
    public EventId? Id { get; init; }

    /// <summary>The producer's number of the event in its stream; null when the entry names none.</summary>
    public string? Sequence { get; init; }

    /// <summary>Null when the record has none that can be used.</summary>
    public string? Time { get; init; }

    /// <summary>Tells people what is wrong with the record's time; null when nothing is.</summary>
    public string? TimeTrouble { get; init; }

    public bool Drop { get; init; }

    /// <summary>The entry if it has a schema or masks: the payload has to be checked and masked first.</summary>
    public CatalogEntry? Rules { get; init; }

    /// <summary>The entry's place in the catalog; null when none matches.</summary>
    public int? Entry { get; init; }
}
