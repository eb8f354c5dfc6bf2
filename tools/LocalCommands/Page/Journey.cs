using System.IO.Compression;
using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;
using DataToEvents.Emulator.Buses;

namespace DataToEvents.Local.Page;

/// <summary>Follows one event through the data on disk: store, lake and the bus's archive. The time of delivery comes from the page's own list.</summary>
internal sealed class Journey(DataDirectory directory, Func<DataEvent, PageEvent?> recent)
{
    // How many objects of an hour are searched, newest first: a page must not read the lake of a whole day.
    private const int MaxObjects = 300;

    /// <returns>Null when the store has no such event.</returns>
    public async Task<PageJourney?> FollowAsync(string stream, string id, string source)
    {
        if (!EventId.IsValid(id) || await directory.Table.GetAsync(stream, EventKey.Of(new EventId(id), source)) is not { } json)
        {
            return null;
        }

        using var item = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        var stored = DataEvent.Parse(Envelope(item));
        var storedAt = Time(item, EventItem.Stored);
        var published = await PublishedAsync(stored, storedAt);
        var payload = await PayloadAsync(stored) ?? [];
        return new PageJourney(
            id, source, stream, stored.Type, await IsDeliveredAsync(stored), await StepsAsync(stored, storedAt, Text(item, EventItem.Sequence), published), payload.Length, Utf8.IsValid(payload),
            Utf8.IsValid(payload) ? Encoding.UTF8.GetString(payload) : Convert.ToBase64String(payload),
            Encoding.UTF8.GetString(stored.Envelope.Span), Encoding.UTF8.GetString(json.Span), published is null ? null : Encoding.UTF8.GetString(published.Json.Span));
    }

    /// <returns>Null when the store has no such event.</returns>
    public static async Task<StoredCopy?> StoredAsync(DataDirectory directory, string stream, string eventKey)
    {
        if (await directory.Table.GetAsync(stream, eventKey) is not { } json)
        {
            return null;
        }

        using var item = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return new StoredCopy(DataEvent.Parse(Envelope(item)), Time(item, EventItem.Stored));
    }

    private async Task<bool> IsDeliveredAsync(DataEvent stored)
    {
        var key = ViewKeys.Event(stored);
        return await directory.ViewTable.GetAsync(key.Partition, key.Sort) is not null;
    }

    private async Task<List<PageStep>> StepsAsync(DataEvent stored, DateTimeOffset? storedAt, string? sequence, ArchivedEvent? published)
    {
        var lake = await LakeFileAsync(stored);
        return
        [
            new("accepted", "Accepted by Firehose", stored.AcceptedAt, $"delivery stream {Names.Stream}"),
            new("queued", "Queued in SQS FIFO", null, $"sequence {sequence}, group {stored.Stream}"),
            new("stored", "Stored in DynamoDB", storedAt, $"table {Names.Table}: pk {stored.Stream}, sk {stored.Key}, content {stored.ContentHash()}"),
            new("published", "Published on EventBridge", published?.PublishedAt, $"bus {Names.Bus}: DataInserted, {ExtensionNames.Sequence} {sequence}"),
            new("delivered", "Delivered to EventResponder", recent(stored)?.DeliveredAt, $"rule {Names.Rule}"),
            new("lake", "Written to the S3 lake", lake is null ? null : (await directory.Bucket.InfoAsync(lake))?.Modified, lake ?? "not written yet: the next object is still being filled"),
        ];
    }

    /// <summary>Finds the event in the bus's archive, which has the time of publication. The item's time says where to begin.</summary>
    private async Task<ArchivedEvent?> PublishedAsync(DataEvent stored, DateTimeOffset? storedAt)
    {
        if (storedAt is not { } since)
        {
            return null;
        }

        var id = Encoding.UTF8.GetBytes(stored.Id.Value);
        return await directory.Bus.Archive.FindAsync(since, detail =>
            detail.Span.IndexOf(id) >= 0 && DataEvent.Parse(detail) is var found && found.Key == stored.Key && found.Stream == stored.Stream);
    }

    private async Task<byte[]?> PayloadAsync(DataEvent stored) => stored.DataRef is { } reference && PayloadName.IsValid(reference.Split('/')[^1])
        ? await directory.Bucket.GetAsync(PayloadObject.KeyOf(reference.Split('/')[^1]))
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
            foreach (var key in (await directory.Bucket.ListAsync(prefix)).Reverse().Take(MaxObjects))
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
        await using var unzip = new GZipStream(new MemoryStream(await directory.Bucket.GetAsync(key) ?? []), CompressionMode.Decompress);
        await unzip.CopyToAsync(lines);
        return lines.GetBuffer().AsSpan(0, (int)lines.Length).IndexOf(line) >= 0;
    }

    private static byte[] Envelope(JsonDocument item)
    {
        var value = item.RootElement.GetProperty(EventItem.Envelope);
        return value.TryGetProperty("B", out var compressed)
            ? StoredEnvelope.Decompress(new MemoryStream(compressed.GetBytesFromBase64())) ?? throw new FormatException("The item's envelope is neither text nor compressed text.")
            : Encoding.UTF8.GetBytes(value.GetProperty("S").GetString()!);
    }

    /// <summary>Items from before ADR 16 do not have this time.</summary>
    private static DateTimeOffset? Time(JsonDocument item, string name) =>
        item.RootElement.TryGetProperty(name, out var value) && long.TryParse(value.GetProperty("N").GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    private static string? Text(JsonDocument item, string name) =>
        item.RootElement.TryGetProperty(name, out var value) && value.TryGetProperty("S", out var text) ? text.GetString() : null;
}
