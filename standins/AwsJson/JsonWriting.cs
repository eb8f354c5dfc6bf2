using System.Text.Json;

namespace AwsJson;

/// <summary>Members that are not set are not sent.</summary>
internal static class JsonWriting
{
    public static void WriteIfSet(this Utf8JsonWriter writer, string name, string value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>As epoch seconds, with milliseconds behind the point. A time of no kind counts as local, as everywhere in the SDK.</summary>
    public static void WriteIfSet(this Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is { } time)
        {
            var milliseconds = new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
            writer.WriteNumber(name, milliseconds % 1000 == 0 ? milliseconds / 1000 : milliseconds / 1000m);
        }
    }

    public static void WriteIfSet<T>(this Utf8JsonWriter writer, string name, List<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }

    public static void WriteIfSet(this Utf8JsonWriter writer, string name, MemoryStream value)
    {
        if (value is not null)
        {
            writer.WriteBase64String(name, value.TryGetBuffer(out var buffer) ? buffer : value.ToArray());
        }
    }
}
