using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>Reads the event of a bus from a dead letter of the rule, so that it can be published again as it was.</summary>
internal static class BusEventReader
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    /// <exception cref="FormatException">It is no event of the emitter's.</exception>
    public static OutgoingEvent Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, AnyDepth);
            return Read(json.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"the body is no event of a bus: {broken.Message}", broken);
        }
    }

    private static OutgoingEvent Read(JsonElement root)
    {
        if (EncryptedEvent.IsIn(root))
        {
            throw new FormatException(EncryptedEvent.Advice);
        }

        if (root.GetProperty("source").GetString() is var source && source != IntegrationEvent.Source)
        {
            throw new FormatException($"its source is {source}, and only events of {IntegrationEvent.Source} are published here");
        }

        var detail = DataEvent.Parse(Encoding.UTF8.GetBytes(root.GetProperty("detail").GetRawText()));
        // EventBridge marks a replay outside of the detail, where no publisher can write.
        var replay = root.TryGetProperty("replay-name", out var name) ? name.GetString() : null;
        return new OutgoingEvent(detail.Stream.Value, new IntegrationEvent(
            root.GetProperty("detail-type").GetString()!,
            replay is null || detail.Replay is not null ? detail.Envelope : detail.ReplayedEnvelope(replay, null),
            [.. root.GetProperty("resources").EnumerateArray().Select(resource => resource.GetString()!)],
            detail.TraceParent));
    }
}
