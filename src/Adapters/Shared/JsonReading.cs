using System.Text.Json;

namespace DataToEvents.Adapters.Shared;

/// <summary>Steps through the objects of an answer; what a caller does not ask for it skips.</summary>
internal static class JsonReading
{
    /// <summary>True on the name of an object's next member, false at the object's end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Enters the array that is the member's value; null holds nothing.</summary>
    public static bool NextArray(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartArray;

    /// <summary>Enters the object that is the member's value; null holds nothing.</summary>
    public static bool NextObject(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>True on the array's next element, false at its end.</summary>
    public static bool NextElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public static bool Is(this in Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    /// <summary>The member's text; null when it is none.</summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>The text that the reader stands on, as bytes of the caller's own.</summary>
    public static ReadOnlyMemory<byte> TextBytes(this in Utf8JsonReader reader)
    {
        var text = new byte[reader.ValueSpan.Length];
        return text.AsMemory(0, reader.CopyString(text));
    }

    /// <summary>The member's truth; what is neither true nor false is false.</summary>
    public static bool NextTruth(this ref Utf8JsonReader reader)
    {
        reader.Read();
        var truth = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return truth;
    }
}
