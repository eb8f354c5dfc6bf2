using System.Text.Json;

namespace DteConsumer;

/// <summary>An event as it lies on the bus: EventBridge's event, whose detail is a CloudEvent 1.0. <c>Source</c> and <c>Id</c> identify it.</summary>
/// <param name="Source">Who made it.</param>
/// <param name="Id">The producer's id, or one that the path gave.</param>
/// <param name="Type">What happened, such as <c>order</c>.</param>
/// <param name="Stream">Events of one stream are published in their order; null if the event has none.</param>
/// <param name="Data">The payload as the producer sent it; null where it is not JSON (then it is in <c>data_base64</c>) or too large for the bus (then <c>dataref</c> says where it lies).</param>
internal sealed record ReceivedEvent(string Source, string Id, string Type, string? Stream, JsonElement? Data)
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">It is no event of the bus.</exception>
    public static ReceivedEvent Parse(string body)
    {
        var detail = JsonDocument.Parse(body).RootElement.GetProperty("detail");
        return new ReceivedEvent(
            detail.GetProperty("source").GetString()!,
            detail.GetProperty("id").GetString()!,
            detail.GetProperty("type").GetString()!,
            detail.TryGetProperty("subject", out var stream) ? stream.GetString() : null,
            detail.TryGetProperty("data", out var data) ? data : null);
    }
}
