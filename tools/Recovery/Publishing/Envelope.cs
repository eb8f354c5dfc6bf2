using DataToEvents.Load.Ledger;

namespace DataToEvents.Recovery.Publishing;

/// <summary>
/// Writes an envelope that is sent in again, with other attributes and without those that only the path writes. All other members are copied byte for byte.
/// </summary>
internal static class Envelope
{
    private static readonly JsonWriterOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = int.MaxValue };

    /// <summary>Adds or replaces these attributes.</summary>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> envelope, params (string Name, string Value)[] attributes) =>
        Write(envelope, name => attributes.Any(attribute => attribute.Name == name), attributes);

    /// <summary>Adds or replaces these attributes, and leaves the payload out.</summary>
    public static ReadOnlyMemory<byte> WithoutData(ReadOnlyMemory<byte> envelope, params (string Name, string Value)[] attributes) =>
        Write(envelope, name => name is "data" or "data_base64" || attributes.Any(attribute => attribute.Name == name), attributes);

    /// <summary>Writes the payload in place of the reference to it.</summary>
    public static ReadOnlyMemory<byte> WithData(ReadOnlyMemory<byte> envelope, byte[] payload, string? contentType)
    {
        var isJson = (contentType is null || contentType.Contains("json", StringComparison.OrdinalIgnoreCase)) && IsJson(payload);
        var reference = EnvelopeDigest.Text(envelope.Span, ExtensionNames.DataRef) is null ? "dataref" : ExtensionNames.DataRef;
        return Write(envelope, name => name == reference, [], json =>
        {
            json.WritePropertyName(isJson ? "data" : "data_base64");
            if (isJson)
            {
                json.WriteRawValue(payload, skipInputValidation: true);
            }
            else
            {
                json.WriteBase64StringValue(payload);
            }
        });
    }

    private static bool IsJson(byte[] payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> envelope, Func<string, bool> leaveOut, (string Name, string Value)[] attributes, Action<Utf8JsonWriter>? more = null)
    {
        var buffer = new ArrayBufferWriter<byte>(envelope.Length + 256);
        using var json = new Utf8JsonWriter(buffer, Verbatim);
        json.WriteStartObject();
        var members = new EnvelopeMembers(envelope.Span);
        while (members.Next())
        {
            if (!leaveOut(members.Name) && !ExtensionNames.OfTheWay.Contains(members.Name))
            {
                json.WritePropertyName(members.Name);
                json.WriteRawValue(members.Value, skipInputValidation: true);
            }
        }

        foreach (var (name, value) in attributes)
        {
            json.WriteString(name, value);
        }

        more?.Invoke(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
