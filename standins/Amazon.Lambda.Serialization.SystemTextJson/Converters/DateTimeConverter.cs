using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Reads ISO 8601 and epoch numbers, which AWS gives in seconds, in fractions of them, or in milliseconds; writes ISO 8601.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    /// <summary>Whole numbers above it are milliseconds: as seconds they would lie beyond the year 5000.</summary>
    private const long LargestEpochInSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time))
        {
            return time;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole)
                ? whole > LargestEpochInSeconds ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole)
                : DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
        }

        throw new JsonSerializerException($"Unknown data type for DateTime: {reader.TokenType}");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
