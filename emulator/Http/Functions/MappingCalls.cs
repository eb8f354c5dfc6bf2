using DataToEvents.Emulator.Lambda.Mappings;

namespace DataToEvents.Emulator.Http.Functions;

/// <summary>ListEventSourceMappings, GetEventSourceMapping, UpdateEventSourceMapping.</summary>
internal sealed class MappingCalls(IReadOnlyList<EventSourceMapping> mappings, Func<string, string> functionArn)
{
    public IEnumerable<EventSourceMapping> Matching(JsonRequest call)
    {
        var (source, function) = (call.Text("EventSourceArn"), call.Text("FunctionName"));
        return mappings.Where(mapping => (source is null || mapping.EventSourceArn == source) && (function is null || mapping.FunctionName == function || functionArn(mapping.FunctionName) == function));
    }

    /// <exception cref="AwsException">There is no such mapping.</exception>
    public EventSourceMapping Find(string uuid) => mappings.FirstOrDefault(mapping => mapping.Uuid == uuid)
        ?? throw new AwsException(new AwsError(404, "ResourceNotFoundException", "The resource you requested does not exist."));

    public JsonObject Describe(EventSourceMapping mapping) => new()
    {
        ["UUID"] = mapping.Uuid,
        ["EventSourceArn"] = mapping.EventSourceArn,
        ["FunctionArn"] = functionArn(mapping.FunctionName),
        ["State"] = mapping.IsEnabled ? "Enabled" : "Disabled",
        ["StateTransitionReason"] = "USER_INITIATED",
    };
}
