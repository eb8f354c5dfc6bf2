using System.Text;
using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>DynamoDB's size of an item: the UTF-8 bytes of names and values, with a small overhead for each nested value.</summary>
internal static class ItemSize
{
    private const int ContainerOverhead = 3;

    public static int Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Members(document.RootElement);
    }

    private static int Members(JsonElement map) =>
        map.EnumerateObject().Sum(member => Encoding.UTF8.GetByteCount(member.Name) + Value(member.Value));

    private static int Value(JsonElement typed)
    {
        var (type, value) = typed.EnumerateObject().Select(member => (member.Name, member.Value)).First();
        return type switch
        {
            "S" => Encoding.UTF8.GetByteCount(value.GetString()!),
            "N" => Number(value.GetString()!),
            "B" => value.GetBytesFromBase64().Length,
            "SS" => value.EnumerateArray().Sum(text => Encoding.UTF8.GetByteCount(text.GetString()!)),
            "NS" => value.EnumerateArray().Sum(number => Number(number.GetString()!)),
            "BS" => value.EnumerateArray().Sum(bytes => bytes.GetBytesFromBase64().Length),
            "L" => ContainerOverhead + value.EnumerateArray().Sum(element => 1 + Value(element)),
            "M" => ContainerOverhead + value.EnumerateObject().Count() + Members(value),
            _ => 1,
        };
    }

    /// <summary>About a byte for two significant digits, and one more.</summary>
    private static int Number(string digits) => (digits.Count(char.IsAsciiDigit) + 1) / 2 + 1;
}
