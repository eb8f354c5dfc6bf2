using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataToEvents.Adapters.Embedded.Objects;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Embedded.Ports;

/// <summary>Conflicting events as objects of the bucket, under <see cref="Prefix"/>, named by the hashes of stream, id and content.</summary>
public sealed class EmbeddedQuarantine(ObjectBucket bucket) : IQuarantine
{
    public const string Prefix = "quarantine/";

    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        bucket.PutAsync(Key(conflicting), Body(conflicting, sequence), cancellationToken);

    private static string Key(DataEvent conflicting) =>
        $"{Prefix}{Hash(conflicting.Stream.Value)}/{Hash(conflicting.Id.Value)}-{conflicting.ContentHash()}.json";

    private static ReadOnlyMemory<byte> Body(DataEvent conflicting, string sequence)
    {
        var body = new ArrayBufferWriter<byte>(conflicting.Envelope.Length + 256);
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("stream", conflicting.Stream.Value);
        json.WriteString("id", conflicting.Id.Value);
        json.WriteString("sequence", sequence);
        json.WritePropertyName("envelope");
        json.WriteRawValue(conflicting.Envelope.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
