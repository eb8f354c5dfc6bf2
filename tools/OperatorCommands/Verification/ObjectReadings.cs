using DataToEvents.Adapters.Formats;
using DataToEvents.Recovery.Targets;

namespace DataToEvents.Operator.Verification;

/// <summary>Reads the data bucket: the lake, and all that was set aside as an object.</summary>
internal sealed class ObjectReadings(IWorld world, EnvelopeReading envelopes, Expectations expectations, EvidenceBase evidence, List<string> unreadable)
{
    private const string Lake = "lake/events/";
    private const string Failed = "lake/errors/";
    private const string Recovered = "recovered/lake/errors/";

    /// <summary>The prefixes, embedded and on AWS. On AWS Lambda chooses the keys of its on-failure destination.</summary>
    private static readonly string[] OnFailure = ["on-failure/", "aws/lambda/"];

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    public async Task ReadLakeAsync(CancellationToken cancellationToken)
    {
        await foreach (var (key, body) in ObjectsAsync(Lake, cancellationToken))
        {
            foreach (var (index, line) in new LineReader(Bucket.Plain(body)).ReadAll().Index())
            {
                var number = index + 1;
                await AddAsync(new Evidence(FoundAt.Lake, key, number), line, cancellationToken);
            }
        }
    }

    /// <summary>Reads the processing-failed objects: they hold the records as they were sent.</summary>
    public async Task ReadProcessingFailedAsync(CancellationToken cancellationToken)
    {
        await ReadRecordsAsync(Failed, FoundAt.Aside, cancellationToken);
        await ReadRecordsAsync(Recovered, FoundAt.Recovered, cancellationToken);
    }

    private async Task ReadRecordsAsync(string prefix, FoundAt hop, CancellationToken cancellationToken)
    {
        await foreach (var (key, body) in ObjectsAsync(prefix, cancellationToken))
        {
            foreach (var (index, line) in new LineReader(Bucket.Plain(body)).ReadAll().Index())
            {
                var number = index + 1;
                await TryAsync(key, number, line, json =>
                {
                    AddRecord(new Evidence(hop, $"processing-failed ({key})", number), json.GetProperty("rawData").GetBytesFromBase64());
                    return Task.CompletedTask;
                });
            }
        }
    }

    /// <summary>Reads the on-failure objects: they hold the events that the emitter was invoked with, as text.</summary>
    public async Task ReadOnFailureAsync(CancellationToken cancellationToken)
    {
        foreach (var prefix in OnFailure)
        {
            await ReadOnFailureAsync(prefix, cancellationToken);
        }
    }

    private async Task ReadOnFailureAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var (key, body) in ObjectsAsync(prefix, cancellationToken))
        {
            await TryAsync(key, 1, body, async json =>
            {
                if (json.TryGetProperty("payload", out var payload))
                {
                    using var batch = JsonDocument.Parse(payload.GetString()!);
                    await AddImagesAsync($"on-failure ({key})", batch.RootElement, cancellationToken);
                }
            });
        }
    }

    public async Task ReadQuarantineAsync(CancellationToken cancellationToken)
    {
        await foreach (var (key, body) in ObjectsAsync(QuarantineObject.Prefix, cancellationToken))
        {
            await TryAsync(key, 1, body, json => AddAsync(new Evidence(FoundAt.Aside, $"quarantine ({key})", 1), Encoding.UTF8.GetBytes(json.GetProperty("envelope").GetRawText()), cancellationToken));
        }
    }

    private async Task AddImagesAsync(string place, JsonElement batch, CancellationToken cancellationToken)
    {
        foreach (var record in batch.GetProperty("Records").EnumerateArray())
        {
            if (record.GetProperty("dynamodb").TryGetProperty("NewImage", out var image) && image.TryGetProperty(EventItem.Envelope, out var envelope))
            {
                await AddAsync(new Evidence(FoundAt.Aside, place, 1), Text(envelope), cancellationToken);
            }
        }
    }

    /// <summary>The envelope's text; a binary value is compressed.</summary>
    private static byte[] Text(JsonElement envelope) => envelope.TryGetProperty("B", out var compressed)
        ? StoredEnvelope.Decompress(new MemoryStream(compressed.GetBytesFromBase64())) ?? []
        : Encoding.UTF8.GetBytes(envelope.GetProperty("S").GetString()!);

    /// <summary>Adds an envelope to the evidence, or notes that it is unreadable.</summary>
    public async Task AddAsync(Evidence found, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        try
        {
            evidence.Add(await envelopes.ReadAsync(found, envelope, cancellationToken));
        }
        catch (FormatException fault)
        {
            unreadable.Add($"{found.Place}, line {found.Line}: {fault.Message}");
        }
    }

    private void AddRecord(Evidence found, byte[] record)
    {
        var expected = expectations.Of(record, DateTimeOffset.UnixEpoch);
        evidence.Add(found with { ContentKey = EnvelopeDigest.Of("record", expected.RecordHash), Payload = EnvelopeDigest.Of(expected.RecordHash) });
        foreach (var one in expected.Events ?? [])
        {
            evidence.Add(found with
            {
                IdKey = one.Id is { } id ? EnvelopeDigest.Of(one.Stream, id) : 0,
                ContentKey = EnvelopeDigest.Of(one.Stream, one.Hash),
                Payload = EnvelopeDigest.Of(one.Hash),
                Same = one.Content ?? EnvelopeDigest.Of(one.Hash),
                Kind = one.Kind,
            });
        }
    }

    private async IAsyncEnumerable<(string Key, byte[] Body)> ObjectsAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in world.KeysAsync(prefix, cancellationToken))
        {
            if (await world.ObjectAsync(key, cancellationToken) is { } body)
            {
                yield return (key, body);
            }
        }
    }

    /// <summary>Reads an object, or notes that it is unreadable.</summary>
    private async Task TryAsync(string key, long line, byte[] text, Func<JsonElement, Task> read)
    {
        try
        {
            using var json = JsonDocument.Parse(text, AnyDepth);
            await read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            unreadable.Add($"{key}, line {line}: {fault.Message}");
        }
    }
}
