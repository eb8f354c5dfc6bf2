namespace DataToEvents.Functions.Transformer;

/// <summary>Steps through the JSON of an event. As in Amazon's serializer, names count in any case.</summary>
internal static class EventJson
{
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

    /// <summary>Reads the string that is the member's value; null holds nothing.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool NextString(this ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.String);

    /// <summary>The member's text; null when it is null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? NextText(this ref Utf8JsonReader reader) => reader.NextString() ? reader.GetString() : null;

    private static bool Next(ref Utf8JsonReader reader, JsonTokenType type)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null && Expect(reader, type);
    }

    private static bool Expect(in Utf8JsonReader reader, JsonTokenType type) => reader.TokenType == type
        ? true
        : throw new JsonException($"The event has {reader.TokenType} at byte {reader.TokenStartIndex}, where {type} was expected.");
}
