namespace DataToEvents.Load.Records.Families;

/// <summary>One kind of record: its shape, and what in it names the stream. The entry of the same type in catalog.json reads it back.</summary>
public abstract class Family(string name, string streamPrefix, string keyPrefix, int firstKey)
{
    /// <summary>Bytes that hold any id or stream of any family.</summary>
    public const int LongestText = 64;

    /// <summary>The event type in the default catalog.</summary>
    public string Name { get; } = name;

    /// <summary>One line for a reader of <c>generator families</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>Tells readers of <c>generator families</c> where the record has its stream, id and time.</summary>
    public abstract (string Stream, string Id, string Time) Pointers { get; }

    /// <summary>Whether the producer of this family spells non-ASCII characters as \uXXXX: bytes to survive just as well.</summary>
    public virtual bool EscapesNonAscii => false;

    /// <summary>Writes the event as one JSON object, padded up to <paramref name="leastBytes"/>.</summary>
    public void Write(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random, int leastBytes)
    {
        var start = json.BytesCommitted + json.BytesPending;
        json.WriteStartObject();
        WriteMembers(json, head, ref random);
        Padding.Write(json, leastBytes - (int)(json.BytesCommitted + json.BytesPending - start), ref random);
        json.WriteEndObject();
    }

    protected abstract void WriteMembers(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random);

    /// <summary>Writes the event's id, as the record holds it; returns its length in bytes.</summary>
    public abstract int FormatId(in EventHead head, Span<byte> utf8);

    /// <summary>The stream as consumers see it: the catalog's prefix and the key.</summary>
    public int FormatStream(in EventHead head, Span<byte> utf8)
    {
        Utf8.TryWrite(utf8, CultureInfo.InvariantCulture, $"{streamPrefix}", out var length);
        return length + FormatKey(head, utf8[length..]);
    }

    protected int FormatKey(in EventHead head, Span<byte> utf8)
    {
        Utf8.TryWrite(utf8, CultureInfo.InvariantCulture, $"{keyPrefix}{Key(head)}", out var length);
        return length;
    }

    protected long Key(in EventHead head) => firstKey + head.Stream;

    protected void WriteKey(Utf8JsonWriter json, ReadOnlySpan<byte> member, in EventHead head)
    {
        Span<byte> text = stackalloc byte[LongestText];
        json.WriteString(member, text[..FormatKey(head, text)]);
    }

    protected void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> member, in EventHead head)
    {
        Span<byte> text = stackalloc byte[LongestText];
        json.WriteString(member, text[..FormatId(head, text)]);
    }
}
