using System.Text;

namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>An entry for the bus.</summary>
/// <param name="DetailType">What happened in the store: <c>DataInserted</c>, ...</param>
/// <param name="Detail">The envelope, UTF-8 JSON, with the stream's sequence in it.</param>
/// <param name="Time">The event's own time.</param>
/// <param name="Resources">ARNs of the table and its stream.</param>
/// <param name="TraceHeader">X-Ray's trace header, or null.</param>
public sealed record IntegrationEvent(
    string DetailType, ReadOnlyMemory<byte> Detail, DateTimeOffset Time, IReadOnlyList<string> Resources, string? TraceHeader)
{
    /// <summary>EventBridge <c>source</c> of all that the emitter publishes.</summary>
    public const string Source = "datatoevents.insert";

    // EventBridge counts 14 bytes for a Time (facts.md, section 4).
    private const int TimeBytes = 14;

    /// <summary>Bytes by EventBridge's own rule.</summary>
    public int Size => TimeBytes + Source.Length + DetailType.Length + Detail.Length + Resources.Sum(Encoding.UTF8.GetByteCount);
}
