using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Oracle;

internal sealed record FailedLine(byte[] RawData, DateTimeOffset Arrival);

/// <summary>Objects of the bucket that hold what could not go on, in the forms that AWS documents and design.md names.</summary>
internal static class Aside
{
    public static async Task<List<(string Key, List<FailedLine> Lines)>> FailedAsync(PathWorld world)
    {
        var objects = new List<(string, List<FailedLine>)>();
        foreach (var key in await world.Bucket.ListAsync("lake/errors/processing-failed/"))
        {
            var text = Encoding.UTF8.GetString((await world.Bucket.GetAsync(key))!);
            objects.Add((key, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line)]));
        }

        return objects;
    }

    /// <summary>Changes that the emitter was given up on: the event for the function, and the envelopes in it (null: an item that has none).</summary>
    public static async Task<List<(string Key, byte[] Payload, List<string?> Envelopes)>> GivenUpAsync(PathWorld world)
    {
        var objects = new List<(string, byte[], List<string?>)>();
        foreach (var key in await world.Bucket.ListAsync("on-failure/"))
        {
            var (payload, envelopes) = Changes(await world.Bucket.GetAsync(key) ?? []);
            objects.Add((key, payload, envelopes));
        }

        return objects;
    }

    /// <summary>What an on-failure object holds.</summary>
    public static (byte[] Payload, List<string?> Envelopes) Changes(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var payload = json.RootElement.GetProperty("payload").GetString()!;
        using var batch = JsonDocument.Parse(payload);
        return (Encoding.UTF8.GetBytes(payload), [.. batch.RootElement.GetProperty("Records").EnumerateArray().Select(Envelope)]);
    }

    public static async Task<List<(string Key, byte[] Envelope)>> ConflictsAsync(PathWorld world)
    {
        var objects = new List<(string, byte[])>();
        foreach (var key in await world.Bucket.ListAsync("quarantine/"))
        {
            using var json = JsonDocument.Parse(await world.Bucket.GetAsync(key) ?? []);
            objects.Add((key, Encoding.UTF8.GetBytes(json.RootElement.GetProperty("envelope").GetRawText())));
        }

        return objects;
    }

    private static FailedLine Line(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new FailedLine(
            json.RootElement.GetProperty("rawData").GetBytesFromBase64(),
            DateTimeOffset.FromUnixTimeMilliseconds(json.RootElement.GetProperty("arrivalTimestamp").GetInt64()));
    }

    private static string? Envelope(JsonElement record) =>
        record.GetProperty("dynamodb").GetProperty("NewImage").TryGetProperty("envelope", out var envelope) ? envelope.GetProperty("S").GetString() : null;
}
