namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>An entry for the bus.</summary>
/// <param name="DetailType">What happened in the store: <c>DataInserted</c>, ...</param>
/// <param name="Detail">The envelope, UTF-8 JSON, with the stream's sequence in it.</param>
/// <param name="Time">The event's own time.</param>
/// <param name="Resources">Names of the table that changed and of its change stream.</param>
/// <param name="TraceParent">The event's W3C trace context, or null.</param>
public sealed record IntegrationEvent(
    string DetailType, ReadOnlyMemory<byte> Detail, DateTimeOffset Time, IReadOnlyList<string> Resources, string? TraceParent)
{
    /// <summary>The <c>source</c> of all events on the bus.</summary>
    public const string Source = "datatoevents.insert";

    // Amazon EventBridge User Guide, "Calculating PutEvents event entry size": a Time counts 14 bytes, the trace header nothing.
    private const int TimeBytes = 14;

    /// <summary>Bytes that the event adds to a call, as the bus counts them.</summary>
    public int Size => TimeBytes + Source.Length + DetailType.Length + Detail.Length + Resources.Sum(Encoding.UTF8.GetByteCount);
}
