using System.Text;
using System.Text.Json;
using DataToEvents.Domain;

namespace DataToEvents.Functions.Shared;

/// <summary>Reads an event as bytes. As in Amazon's serializer, names count in any case, and what is not known is passed over (docs/adr/0017).</summary>
internal static class EventBytes
{
    private const int FirstRead = 32 * 1024;

    public delegate T Reader<T>(ReadOnlySpan<byte> json);

    public static T Read<T>(Stream stream, Reader<T> read)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var buffer))
        {
            return read(buffer);
        }

        using var copy = new PooledBytes(stream.CanSeek ? (int)stream.Length + 1 : FirstRead);
        while (stream.Read(copy.GetSpan()) is > 0 and var count)
        {
            copy.Advance(count);
        }

        return read(copy.Written.Span);
    }

    public delegate T Element<T>(ref Utf8JsonReader reader, ByteArena arena);

    /// <summary>The records of an event that has nothing else; null when it has none.</summary>
    /// <exception cref="JsonException">The bytes are no JSON object, or its records none.</exception>
    public static List<T>? Records<T>(ReadOnlySpan<byte> json, ByteArena arena, Element<T> read)
    {
        List<T>? records = null;
        var reader = new Utf8JsonReader(json);
        if (reader.NextObject())
        {
            while (reader.NextMember())
            {
                if (reader.Is("Records"u8) && reader.NextArray())
                {
                    records = [];
                    while (reader.NextElement())
                    {
                        records.Add(read(ref reader, arena));
                    }
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        // Throws at whatever follows the object.
        reader.Read();
        return records;
    }

    /// <summary>Enters the object that is the member's value, or the whole event; null holds nothing.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool NextObject(this ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.StartObject);

    /// <summary>Enters the array that is the member's value; null holds nothing.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool NextArray(this ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.StartArray);

    /// <summary>Enters the array's next object; false at its end.</summary>
    /// <exception cref="JsonException">The next element is something else.</exception>
    public static bool NextElement(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray && Expect(reader, JsonTokenType.StartObject);
    }

    /// <summary>True on the name of an object's next member, false at the object's end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static bool Is(this in Utf8JsonReader reader, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    /// <summary>That one of these names, cased as it is, which the reader stands on; null when it is none.</summary>
    public static string? NameAmong(this in Utf8JsonReader reader, string[] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Reads the string that is the member's value; null holds nothing.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool NextString(this ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.String);

    /// <summary>The member's text; null when it is null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? NextText(this ref Utf8JsonReader reader) => reader.NextString() ? reader.GetString() : null;

    /// <summary>The same as UTF-8, kept in the arena.</summary>
    public static ReadOnlyMemory<byte>? NextText(this ref Utf8JsonReader reader, ByteArena arena)
    {
        if (!reader.NextString())
        {
            return null;
        }

        var text = arena.Take(reader.ValueSpan.Length);
        return arena.Shrink(text, reader.CopyString(text.Span));
    }

    private static bool Next(ref Utf8JsonReader reader, JsonTokenType type)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null && Expect(reader, type);
    }

    private static bool Expect(in Utf8JsonReader reader, JsonTokenType type) => reader.TokenType == type
        ? true
        : throw new JsonException($"The event has {reader.TokenType} at byte {reader.TokenStartIndex}, where {type} was expected.");
}
