using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>TestEventPattern.</summary>
internal static class PatternCalls
{
    private static readonly string[] Required = ["id", "account", "source", "time", "region", "resources", "detail-type"];

    /// <exception cref="AwsException">The event is not a JSON object, or not one of EventBridge.</exception>
    public static JsonObject Test(JsonRequest call)
    {
        var (pattern, text) = (EventPattern.Parse(call.RequiredText("EventPattern")), call.RequiredText("Event"));
        try
        {
            using var json = JsonDocument.Parse(text);
            var isEvent = json.RootElement.ValueKind == JsonValueKind.Object && Array.TrueForAll(Required, name => json.RootElement.TryGetProperty(name, out _));
            return isEvent ? new JsonObject { ["Result"] = pattern.Matches(json.RootElement) } : throw NotValid();
        }
        catch (JsonException)
        {
            throw NotValid();
        }
    }

    private static AwsException NotValid() => new("ValidationException", "Parameter Event is not valid.");
}
