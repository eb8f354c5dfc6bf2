using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>The changes in the event that Lambda passed to the emitter.</summary>
internal static class PayloadChanges
{
    /// <exception cref="FormatException">It is no event of a table's stream.</exception>
    public static List<StoreChange> Read(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return [.. json.RootElement.GetProperty("Records").EnumerateArray().Select(Change)];
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"the payload is no event of a table's stream: {broken.Message}", broken);
        }
    }

    private static StoreChange Change(JsonElement record)
    {
        var change = record.GetProperty("dynamodb");
        return new StreamRecord<JsonElement>(
            record.TryGetProperty("eventID", out var id) ? id.GetString() : null,
            record.GetProperty("eventName").GetString(),
            record.TryGetProperty("userIdentity", out var identity) && identity.ValueKind == JsonValueKind.Object ? identity.GetProperty("principalId").GetString() : null,
            change.GetProperty("SequenceNumber").GetString()!,
            record.GetProperty("eventSourceARN").GetString()!,
            change.GetProperty("Keys"),
            Image(change, "NewImage"),
            Image(change, "OldImage")).ToChange(ValueIn);
    }

    private static JsonElement Image(JsonElement change, string name) => change.TryGetProperty(name, out var image) ? image : default;

    private static StoredValue? ValueIn(JsonElement image, string name)
    {
        if (image.ValueKind == JsonValueKind.Undefined || !image.TryGetProperty(name, out var value))
        {
            return null;
        }

        return new StoredValue(
            value.TryGetProperty("S", out var text) ? text.GetString() : null,
            value.TryGetProperty("B", out var binary) ? new MemoryStream(binary.GetBytesFromBase64()) : null);
    }
}
