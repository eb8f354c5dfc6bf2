namespace DataToEvents.Adapters.Formats;

/// <summary>Names of the attributes in the consumer's table, beside <c>pk</c> and <c>sk</c>.</summary>
public static class ViewAttributes
{
    /// <summary>Event: the envelope, verbatim.</summary>
    public const string Envelope = "envelope";

    /// <summary>Counter: how many events.</summary>
    public const string Events = "events";

    /// <summary>Stream: sort key of the latest event. Versions before 0.7 wrote it, and counted the stream's events there.</summary>
    public const string Latest = "latest";

    /// <summary>Counter: the type, in full.</summary>
    public const string Type = "type";

    /// <summary>Counter: how many streams began with it.</summary>
    public const string Streams = "streams";

    /// <summary>Feed, history and lookup: the event's partition key.</summary>
    public const string EventPartition = "eventPk";

    /// <summary>Feed, history and lookup: the event's sort key.</summary>
    public const string EventSort = "eventSk";

    /// <summary>Lookup: when the event was applied, as in the feed.</summary>
    public const string Applied = "applied";
}
