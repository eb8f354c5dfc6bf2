namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>Times as AWS's JSON protocols write them: epoch seconds, with a fraction if need be.</summary>
internal static class EpochTime
{
    public static DateTimeOffset? Read(JsonRequest call, string name)
    {
        if (!call.Json.TryGetProperty(name, out var time) || time.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out var seconds) && Math.Abs(seconds) < 100_000_000_000
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : throw new AwsException(AwsError.Serialization(string.Create(CultureInfo.InvariantCulture, $"{name} is {time}, where epoch seconds belong.")));
    }

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
