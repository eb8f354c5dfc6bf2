namespace DataToEvents.Recovery.DeadLetters;

/// <summary>
/// What EventBridge puts into a dead-letter queue if it could not decrypt an event: the event is inside, encrypted with the customer's key by AWS's Encryption SDK
/// (Amazon EventBridge User Guide, "Decrypting events in EventBridge dead-letter queues"). Store and lake have the same event as plain text.
/// </summary>
internal static class EncryptedEvent
{
    public const string Advice = "the event is encrypted with the bus's key: mend the key, publish the events of that time again from the store (`operator replay`), then drop this message";

    public static bool IsIn(JsonElement busEvent) =>
        busEvent.ValueKind == JsonValueKind.Object
        && busEvent.TryGetProperty("detail", out var detail)
        && detail.ValueKind == JsonValueKind.Object
        && detail.TryGetProperty("encrypted-payload", out _);
}
