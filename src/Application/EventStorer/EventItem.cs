namespace DataToEvents.Application.EventStorer;

/// <summary>Attribute names of a stored event, shared by whoever writes the item and whoever reads it from the change stream.</summary>
public static class EventItem
{
    /// <summary>Partition key (S): the stream id.</summary>
    public const string Stream = "pk";

    /// <summary>Sort key (S): the event id.</summary>
    public const string Id = "sk";

    /// <summary>(S): the queue's sequence number, the order of arrival within the stream.</summary>
    public const string Sequence = "seq";

    /// <summary>(S): CloudEvents <c>type</c>.</summary>
    public const string Type = "type";

    /// <summary>(S): CloudEvents <c>time</c>, as it was written.</summary>
    public const string Time = "time";

    /// <summary>(S): content hash, by which a second copy is told from a conflict.</summary>
    public const string ContentHash = "hash";

    /// <summary>(S): the envelope, verbatim.</summary>
    public const string Envelope = "envelope";

    /// <summary>(S, optional): X-Ray's trace header.</summary>
    public const string Trace = "trace";

    /// <summary>(N, optional): epoch seconds after which the table may delete the item (TTL).</summary>
    public const string ExpiresAt = "expiresAt";
}
