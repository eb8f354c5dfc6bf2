using System.Text;
using System.Text.Json;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>The changes in the event that Lambda passed to the emitter.</summary>
internal static class PayloadChanges
{
    // DynamoDB itself is the principal when it deletes expired items (Amazon DynamoDB Developer Guide, "DynamoDB Streams and Time to Live").
    public const string TimeToLive = "dynamodb.amazonaws.com";

    /// <exception cref="FormatException">It is no event of a table's stream.</exception>
    public static List<StoreChange> Read(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return [.. json.RootElement.GetProperty("Records").EnumerateArray().Select(Change)];
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"the payload is no event of a table's stream: {broken.Message}", broken);
        }
    }

    public static StoreChangeKind Kind(string eventName, string? principal) => eventName switch
    {
        "INSERT" => StoreChangeKind.Inserted,
        "MODIFY" => StoreChangeKind.Modified,
        "REMOVE" when principal == TimeToLive => StoreChangeKind.Expired,
        "REMOVE" => StoreChangeKind.Removed,
        _ => throw new FormatException($"the event name {eventName} is unknown"),
    };

    private static StoreChange Change(JsonElement record)
    {
        var change = record.GetProperty("dynamodb");
        var kind = Kind(
            record.GetProperty("eventName").GetString()!,
            record.TryGetProperty("userIdentity", out var identity) && identity.ValueKind == JsonValueKind.Object ? identity.GetProperty("principalId").GetString() : null);
        var image = kind is StoreChangeKind.Inserted or StoreChangeKind.Modified ? "NewImage" : "OldImage";
        return new StoreChange(
            change.GetProperty("SequenceNumber").GetString()!,
            kind,
            Text(change.GetProperty("Keys"), EventItem.PartitionKey)!,
            change.TryGetProperty(image, out var attributes) ? Envelope(attributes) : null,
            change.TryGetProperty(image, out attributes) ? Text(attributes, EventItem.Sequence) : null,
            record.GetProperty("eventSourceARN").GetString()!);
    }

    private static ReadOnlyMemory<byte>? Envelope(JsonElement image)
    {
        if (!image.TryGetProperty(EventItem.Envelope, out var value))
        {
            return null;
        }

        var bytes = value.TryGetProperty("S", out var text)
            ? Encoding.UTF8.GetBytes(text.GetString()!)
            : StoredEnvelope.Decompress(new MemoryStream(value.GetProperty("B").GetBytesFromBase64()));
        return bytes is null ? null : new ReadOnlyMemory<byte>(bytes);
    }

    private static string? Text(JsonElement image, string name) => image.TryGetProperty(name, out var value) ? value.GetProperty("S").GetString() : null;
}
