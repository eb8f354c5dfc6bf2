namespace DataToEvents.Adapters.Formats;

/// <summary>
/// A conflicting event as an object: <c>quarantine/&lt;hash of stream id&gt;/&lt;hash of event key&gt;-&lt;content hash&gt;.json</c>, because ids may be
/// longer than an object's key and may hold characters that a key must not. The event key is <see cref="DataEvent.Key"/>.
/// </summary>
public static class QuarantineObject
{
    public const string Prefix = "quarantine/";

    public static string Key(DataEvent conflicting) =>
        $"{Prefix}{Hash(conflicting.Stream.Value)}/{Hash(conflicting.Key)}-{conflicting.ContentHash()}.json";

    /// <returns>JSON: <c>stream</c>, <c>id</c>, <c>sequence</c> (the queue's), and <c>envelope</c> verbatim.</returns>
    public static ReadOnlyMemory<byte> Body(DataEvent conflicting, string sequence)
    {
        var body = new ArrayBufferWriter<byte>(conflicting.Envelope.Length + 256);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("stream"u8, conflicting.Stream.Value);
        json.WriteString("id"u8, conflicting.Id.Value);
        json.WriteString("sequence"u8, sequence);
        json.WritePropertyName("envelope"u8);
        // The envelope was already read as JSON. A second check would refuse deeply nested JSON.
        json.WriteRawValue(conflicting.Envelope.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
