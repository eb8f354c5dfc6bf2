namespace DataToEvents.Domain.Json;

/// <summary>A value inside a JSON text: its kind and its bytes' place. The default value means "not there".</summary>
internal readonly record struct JsonSlice(JsonTokenType Type, int Start, int Length)
{
    public bool Exists => Type != JsonTokenType.None;

    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> text) => text.Slice(Start, Length);

    public ReadOnlyMemory<byte> Raw(ReadOnlyMemory<byte> text) => text.Slice(Start, Length);

    /// <summary>The unescaped string; null when it is no string, or holds an escape that is no Unicode text (a lone surrogate).</summary>
    public string? Text(ReadOnlySpan<byte> text)
    {
        if (Type != JsonTokenType.String)
        {
            return null;
        }

        return Unquote(Raw(text));
    }

    /// <summary>The text of a string, or a number exactly as it is written, for use as a key.</summary>
    public string? Key(ReadOnlySpan<byte> text) =>
        Type == JsonTokenType.Number ? Encoding.UTF8.GetString(Raw(text)) : Text(text);

    /// <summary>Whether <see cref="Key"/> is this text. Text without escapes is compared without allocating a string.</summary>
    public bool IsKey(ReadOnlySpan<byte> text, string key)
    {
        var raw = Raw(text);
        var written = Type == JsonTokenType.String ? raw[1..^1] : raw;
        return Ascii.IsValid(written) && !written.Contains((byte)'\\') ? Ascii.Equals(written, key) : Key(text) == key;
    }

    /// <summary>The text of a JSON string, quotes included; null when it holds an escape that is no Unicode text.</summary>
    public static string? Unquote(ReadOnlySpan<byte> quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(inner);
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
