namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>
/// An entry for the bus. It has no time of its own, so the bus gives it the time of the call. A replay of an archive selects events by that time
/// (Amazon EventBridge API Reference, "StartReplay"), and so finds what was published in a window. The event's own time is in the envelope.
/// </summary>
/// <param name="DetailType">The change in the store: <c>DataInserted</c>, …</param>
/// <param name="Detail">The envelope, UTF-8 JSON, with the stream's sequence in it.</param>
/// <param name="Resources">Names of the table that changed and of its change stream.</param>
/// <param name="TraceParent">The event's W3C trace context, or null.</param>
public sealed record IntegrationEvent(string DetailType, ReadOnlyMemory<byte> Detail, IReadOnlyList<string> Resources, string? TraceParent)
{
    /// <summary>The <c>source</c> of all events on the bus.</summary>
    public const string Source = "datatoevents.insert";

    /// <summary>Bytes that the event adds to a call. The trace header counts nothing. Source: Amazon EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size".</summary>
    public int Size => Source.Length + DetailType.Length + Detail.Length + Resources.Sum(Encoding.UTF8.GetByteCount);
}
