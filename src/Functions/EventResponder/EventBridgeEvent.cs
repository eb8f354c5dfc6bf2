using Amazon.Lambda.CloudWatchEvents;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The bus's event with its detail as it is written, and the name of the replay that brings it, if one does.</summary>
public sealed class EventBridgeEvent : CloudWatchEvent<JsonElement>
{
    [JsonPropertyName("replay-name")]
    public string? ReplayName { get; set; }
}
