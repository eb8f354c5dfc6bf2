using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Oracle;

internal sealed record FailedLine(byte[] RawData, DateTimeOffset Arrival);

/// <summary>Reads the bucket's objects with set-aside records, in the forms that AWS documents.</summary>
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

    /// <summary>Changes that the mapping gave up: the event for the function, and the envelopes in it. An item without an envelope has null.</summary>
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

    /// <summary>The content of an on-failure object.</summary>
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
