using DataToEvents.Domain;
using DataToEvents.Emulator.Objects;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.Workload;

namespace DataToEvents.Simulation.Oracle;

/// <summary>An event as it was found at a place.</summary>
/// <param name="Number">The producer's number.</param>
internal sealed record Found(string Stream, string Source, string Id, string Content, bool HasSubject, string? Number)
{
    /// <summary>The key that no other event has.</summary>
    public (string Stream, string Source, string Id) Key => (Stream, Source, Id);
}

/// <summary>Reads CloudEvents as any consumer would, knowing nothing of how they were written.</summary>
internal static class EnvelopeReader
{
    private const string PayloadBucket = "s3://data-events/";

    public static async Task<Found> ReadAsync(ReadOnlyMemory<byte> envelope, ObjectBucket bucket)
    {
        using var json = JsonDocument.Parse(envelope);
        var root = json.RootElement;
        var (source, id, hasSubject) = (Text(root, "source"), Text(root, "id"), root.TryGetProperty("subject", out var subject));
        var stream = hasSubject ? subject.GetString()! : StreamId.WithoutSubject(new EventId(id), source).Value;
        return new Found(stream, source, id, Sent.ContentOf(source, Text(root, "type"), await PayloadAsync(root, bucket)), hasSubject, Number(root));
    }

    private static async Task<byte[]> PayloadAsync(JsonElement root, ObjectBucket bucket)
    {
        if (root.TryGetProperty("dataref", out var reference))
        {
            var key = reference.GetString()![PayloadBucket.Length..];
            return await bucket.GetAsync(key) ?? throw new SimulationException($"The payload {key} is not there.");
        }

        if (root.TryGetProperty("data_base64", out var base64))
        {
            return base64.GetBytesFromBase64();
        }

        var data = root.GetProperty("data");
        return data.ValueKind == JsonValueKind.String && root.TryGetProperty("datacontenttype", out var type) && type.GetString() == "text/plain"
            ? Encoding.UTF8.GetBytes(data.GetString()!)
            : JsonMarshal.GetRawUtf8Value(data).ToArray();
    }

    private static string? Number(JsonElement root) => root.TryGetProperty("dteproducersequence", out var number) ? number.GetString() : null;

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString()!;
}
