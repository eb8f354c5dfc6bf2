namespace DataToEvents.Recovery.OnFailure;

/// <summary>An object that Lambda writes into its on-failure destination. It says where the records are; with S3 it has the records too.</summary>
/// <param name="Payload">The event that the function did not process, as JSON; null where the destination has only the facts.</param>
internal sealed record GivenUpBatch(
    string Condition, string ShardId, string Start, string End, DateTimeOffset FirstArrival, DateTimeOffset LastArrival, long Size, string StreamArn, string? Payload)
{
    /// <exception cref="FormatException">The object is none of Lambda's.</exception>
    public static GivenUpBatch Read(ReadOnlyMemory<byte> content, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var batch = json.RootElement.GetProperty("DDBStreamBatchInfo");
            string Text(string name) => batch.GetProperty(name).GetString()!;
            DateTimeOffset Time(string name) => DateTimeOffset.Parse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new GivenUpBatch(
                json.RootElement.TryGetProperty("requestContext", out var context) && context.TryGetProperty("condition", out var condition) ? condition.GetString()! : "unknown",
                Text("shardId"), Text("startSequenceNumber"), Text("endSequenceNumber"),
                Time("approximateArrivalOfFirstRecord"), Time("approximateArrivalOfLastRecord"),
                batch.GetProperty("batchSize").GetInt64(), Text("streamArn"), PayloadOf(json.RootElement));
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new FormatException($"{key} is no object of Lambda's on-failure destination: {broken.Message}", broken);
        }
    }

    /// <summary>Lambda writes the payload as a string. An object is taken too.</summary>
    private static string? PayloadOf(JsonElement root) => !root.TryGetProperty("payload", out var payload) ? null : payload.ValueKind switch
    {
        JsonValueKind.String => payload.GetString(),
        JsonValueKind.Object => payload.GetRawText(),
        _ => null,
    };
}
