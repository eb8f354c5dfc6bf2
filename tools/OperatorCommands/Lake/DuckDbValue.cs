using System.Collections;
using System.Numerics;

namespace DataToEvents.Operator.Lake;

/// <summary>DuckDB's values as Athena shows them.</summary>
internal static class DuckDbValue
{
    public static JsonNode? ToJson(object? value) => value switch
    {
        null or DBNull => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        decimal number => JsonValue.Create(number),
        float number => Number(number),
        double number => Number(number),
        // A sum of whole numbers is wider than 64 bits.
        BigInteger number when number >= long.MinValue && number <= long.MaxValue => JsonValue.Create((long)number),
        DateTime time => JsonValue.Create(time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
        DateOnly date => JsonValue.Create(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Stream bytes => JsonValue.Create(Convert.ToBase64String(Bytes(bytes))),
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), ToJson(map[key])))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        _ => JsonValue.Create(Text(value)),
    };

    private static JsonValue Number(double number) => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(Text(number));

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static byte[] Bytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
