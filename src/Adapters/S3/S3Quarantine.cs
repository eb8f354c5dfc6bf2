using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.S3;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.S3;

/// <summary>
/// Conflicting events as S3 objects <c>quarantine/&lt;hash of stream id&gt;/&lt;hash of event id&gt;-&lt;content hash&gt;.json</c>: ids may be longer
/// than an object's key, and hold what no key may.
/// </summary>
public sealed class S3Quarantine(IAmazonS3 s3, S3Options options) : IQuarantine
{
    private readonly WriteOnce _objects = new(s3, options);

    /// <inheritdoc/>
    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        _objects.PutAsync(Key(conflicting), Body(conflicting, sequence), "application/json", cancellationToken);

    private static string Key(DataEvent conflicting) =>
        $"quarantine/{Hash(conflicting.Stream.Value)}/{Hash(conflicting.Id.Value)}-{conflicting.ContentHash()}.json";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ReadOnlyMemory<byte> Body(DataEvent conflicting, string sequence)
    {
        var body = new ArrayBufferWriter<byte>(conflicting.Envelope.Length + 256);
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("stream"u8, conflicting.Stream.Value);
        writer.WriteString("id"u8, conflicting.Id.Value);
        writer.WriteString("sequence"u8, sequence);
        writer.WritePropertyName("envelope"u8);
        writer.WriteRawValue(conflicting.Envelope.Span, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }
}
