namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>
/// Reads strings of events. JsonElement's own readers throw at half a surrogate pair (<c>"\ud800"</c>). JSON allows one, and an event with one
/// must not stop the bus.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement text) => Unescape(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    public static bool Is(JsonElement text, ReadOnlySpan<byte> utf8, string wanted) => Is(JsonMarshal.GetRawUtf8Value(text)[1..^1], utf8, wanted);

    public static string NameOf(JsonProperty member) => Unescape(JsonMarshal.GetRawUtf8PropertyName(member));

    /// <summary>Whether a name may hold a dot. Most names do not, and need no reading. An escaped character counts as a dot.</summary>
    public static bool MayHaveDots(JsonProperty member) => JsonMarshal.GetRawUtf8PropertyName(member).IndexOfAny((byte)'.', (byte)'\\') >= 0;

    public static bool HasName(JsonProperty member, ReadOnlySpan<byte> utf8, string wanted) => Is(JsonMarshal.GetRawUtf8PropertyName(member), utf8, wanted);

    private static bool Is(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> utf8, string wanted) =>
        raw.Contains((byte)'\\') ? Unescape(raw) == wanted : raw.SequenceEqual(utf8);

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' ? Escaped(text, ref i) : text[i]);
        }

        return plain.ToString();
    }

    private static char Escaped(string text, ref int at)
    {
        var escape = text[++at];
        if (escape != 'u')
        {
            return escape switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escape };
        }

        at += 4;
        return (char)ushort.Parse(text.AsSpan(at - 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
