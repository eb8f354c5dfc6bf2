using System.Text.Json;

namespace AwsJson;

/// <summary>Reads the value that the reader stands on into the member of that name; unknown names are passed over.</summary>
internal delegate void PropertyReader<in T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, T target);

internal static class JsonReading
{
    /// <summary>Reads the object that the reader stands on, to its end.</summary>
    public static T ReadObject<T>(this ref Utf8JsonReader reader, PropertyReader<T> property)
        where T : new()
    {
        var target = new T();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            property(ref reader, name, target);
            // Nothing to do but after a name that the property reader does not know.
            reader.Skip();
        }

        return target;
    }

    public static List<T> ReadList<T>(this ref Utf8JsonReader reader, PropertyReader<T> property)
        where T : new()
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var list = new List<T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            list.Add(reader.ReadObject(property));
        }

        return list;
    }

    public static Dictionary<string, T> ReadMap<T>(this ref Utf8JsonReader reader, PropertyReader<T> property)
        where T : new()
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var map = new Dictionary<string, T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            map[name] = reader.ReadObject(property);
        }

        return map;
    }

    public static int? ReadInt(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();

    public static bool? ReadBool(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();

    public static bool Is(this ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => name.SequenceEqual(other);
}
