namespace DataToEvents.Adapters.Formats;

/// <summary>
/// Names of a stored event's attributes, for those who write the item and those who read it, from the table or from its change
/// stream.
/// </summary>
public static class EventItem
{
    /// <summary>String: the stream id.</summary>
    public const string PartitionKey = "pk";

    /// <summary>String: id and source of the event in one, see <see cref="EventKey"/>.</summary>
    public const string SortKey = "sk";

    /// <summary>String: the queue's sequence number, digits that grow with arrival within the stream.</summary>
    public const string Sequence = "seq";

    /// <summary>String: CloudEvents <c>type</c>.</summary>
    public const string Type = "type";

    /// <summary>String: CloudEvents <c>time</c>, as its producer wrote it.</summary>
    public const string Time = "time";

    /// <summary>Number: epoch milliseconds at which the EventStorer wrote the item. Used for measuring only; it is not part of <see cref="Hash"/> or of any comparison.</summary>
    public const string Stored = "stored";

    /// <summary>String: the event's content hash (type and payload), which tells a duplicate from a conflict; see <see cref="DataEvent.ContentHash()"/>.</summary>
    public const string Hash = "hash";

    /// <summary>String: the envelope, verbatim. Binary: the same, compressed; <see cref="StoredEnvelope"/> writes and reads it.</summary>
    public const string Envelope = "envelope";

    /// <summary>String, optional: W3C trace context.</summary>
    public const string Trace = "trace";

    /// <summary>Number, optional: epoch seconds after which the store may delete the item (DynamoDB's TTL).</summary>
    public const string ExpiresAt = "expiresAt";
}
