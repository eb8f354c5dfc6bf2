using DataToEvents.Load.Ledger;

namespace DataToEvents.Recovery.Publishing;

/// <summary>
/// Writes an envelope that is sent in again, with other attributes and without those that only the way writes. All other members are copied byte for byte.
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

    private static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> envelope, Func<string, bool> leaveOut, (string Name, string Value)[] attributes)
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

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
