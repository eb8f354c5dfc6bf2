namespace DataToEvents.Emulator.Tests.DeliveryStreams;

/// <summary>One record of an invocation, as a transformation function sees it.</summary>
internal sealed record Incoming(string Id, long Arrival, byte[] Data)
{
    public string Text => Encoding.UTF8.GetString(Data);
}

/// <summary>Responses of transformation functions, built without code of the emulator.</summary>
internal static class Transform
{
    public static List<Incoming> Records(byte[] payload) =>
    [
        .. JsonNode.Parse(payload)!["records"]!.AsArray().Select(static record => new Incoming(
            (string)record!["recordId"]!,
            (long)record["approximateArrivalTimestamp"]!,
            Convert.FromBase64String((string)record["data"]!))),
    ];

    public static JsonObject Ok(Incoming record) => Entry(record.Id, "Ok", Encoding.UTF8.GetBytes(record.Text.ToUpperInvariant() + "\n"));

    public static JsonObject Entry(string id, string result, byte[]? data = null)
    {
        var entry = new JsonObject { ["recordId"] = id, ["result"] = result };
        if (data is not null)
        {
            entry["data"] = Convert.ToBase64String(data);
        }

        return entry;
    }

    public static InvocationResult Answer(IEnumerable<JsonNode?> entries) =>
        InvocationResult.Success(Encoding.UTF8.GetBytes(new JsonObject { ["records"] = new JsonArray([.. entries]) }.ToJsonString()));

    public static InvocationResult Each(byte[] payload, Func<Incoming, JsonNode?> entry) => Answer(Records(payload).Select(entry));

    public static InvocationResult AllOk(byte[] payload) => Each(payload, Ok);
}
