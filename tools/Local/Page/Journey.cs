using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Payloads;
using DataToEvents.Domain;
using DataToEvents.Hosting;

namespace DataToEvents.Local.Page;

/// <summary>Follows one event through what is on disk: lake, store, and the consumer's view by way of its API.</summary>
internal sealed class Journey(Engine engine, Func<string, string, PageEvent?> recent)
{
    // Objects of an hour to look through, newest first: a page must not read a day's lake.
    private const int MaxObjects = 300;

    /// <returns>Null when the store has no such event.</returns>
    public async Task<PageJourney?> FollowAsync(string stream, string id)
    {
        if (await engine.Table.GetAsync(stream, id) is not { } json)
        {
            return null;
        }

        using var item = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        var stored = DataEvent.Parse(Encoding.UTF8.GetBytes(Text(item, EventItem.Envelope)!));
        var payload = await PayloadAsync(stored) ?? [];
        return new PageJourney(
            id, stream, stored.Type, await StepsAsync(stored, Text(item, EventItem.Sequence)), payload.Length,
            Utf8.IsValid(payload) ? Encoding.UTF8.GetString(payload) : Convert.ToBase64String(payload), Encoding.UTF8.GetString(stored.Envelope.Span));
    }

    private async Task<List<PageStep>> StepsAsync(DataEvent stored, string? sequence)
    {
        var seen = recent(stored.Stream.Value, stored.Id.Value);
        return
        [
            new("Accepted by Firehose", stored.AcceptedAt, Names.Stream),
            new("Lake", null, await LakeFileAsync(stored) ?? "not written yet: the next object is still being filled"),
            new("Queued in SQS FIFO", null, $"sequence {sequence}, group {stored.Stream}"),
            new("Stored in DynamoDB", null, $"{Names.Table}: pk {stored.Stream}, sk {stored.Id}, content {stored.ContentHash()}"),
            new("Published on EventBridge", null, $"{Names.Bus}: DataInserted, streamsequence {sequence}"),
            new("Delivered to EventResponder", seen is null ? null : seen.AcceptedAt.AddMilliseconds(seen.LatencyMs), seen is null ? $"rule {Names.Rule}" : string.Create(CultureInfo.InvariantCulture, $"rule {Names.Rule}, {seen.LatencyMs:N0} ms after it was accepted")),
        ];
    }

    private async Task<byte[]?> PayloadAsync(DataEvent stored) => stored.DataRef is { } reference && PayloadObject.IsName(reference.Split('/')[^1])
        ? await engine.Bucket.GetAsync(PayloadObject.KeyOf(reference.Split('/')[^1]))
        : stored.Payload();

    /// <summary>Firehose names an object's folder by the hour of its oldest record, so a line may lie one hour before its own.</summary>
    private async Task<string?> LakeFileAsync(DataEvent stored)
    {
        if (stored.AcceptedAt is not { } accepted)
        {
            return null;
        }

        var line = stored.Envelope.Span[..Math.Min(stored.Envelope.Length, 200)].ToArray();
        foreach (var hour in new[] { accepted, accepted.AddHours(-1) })
        {
            var prefix = hour.UtcDateTime.ToString("'lake/events/year='yyyy'/month='MM'/day='dd'/hour='HH'/'", CultureInfo.InvariantCulture);
            foreach (var key in (await engine.Bucket.ListAsync(prefix)).Reverse().Take(MaxObjects))
            {
                if (await HoldsAsync(key, line))
                {
                    return key;
                }
            }
        }

        return null;
    }

    private async Task<bool> HoldsAsync(string key, byte[] line)
    {
        using var lines = new MemoryStream();
        await using var unzip = new GZipStream(new MemoryStream(await engine.Bucket.GetAsync(key) ?? []), CompressionMode.Decompress);
        await unzip.CopyToAsync(lines);
        return lines.GetBuffer().AsSpan(0, (int)lines.Length).IndexOf(line) >= 0;
    }

    private static string? Text(JsonDocument item, string name) =>
        item.RootElement.TryGetProperty(name, out var value) && value.TryGetProperty("S", out var text) ? text.GetString() : null;
}
