using System.Text.Json.Serialization;

namespace Amazon.Lambda.CloudWatchEvents;

/// <summary>An event as EventBridge delivers it; the package keeps the service's former name.</summary>
public class CloudWatchEvent<T>
{
    public string Version { get; set; }

    public string Account { get; set; }

    public string Region { get; set; }

    public T Detail { get; set; }

    [JsonPropertyName("detail-type")]
    public string DetailType { get; set; }

    public string Source { get; set; }

    public DateTime Time { get; set; }

    public string Id { get; set; }

    public List<string> Resources { get; set; }
}
