using System.Text;
using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>An item in DynamoDB's JSON (<c>{"pk":{"S":"…"},"sk":{"S":"…"},…}</c>), UTF-8, kept as it is so that stream records can copy it.</summary>
/// <param name="Pk">The partition key's value.</param>
/// <param name="Sk">The sort key's value.</param>
/// <param name="Json">All attributes, keys included.</param>
/// <param name="ExpiresAt">Epoch second after which it expires, or null.</param>
public sealed record TableItem(string Pk, string Sk, ReadOnlyMemory<byte> Json, long? ExpiresAt = null)
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    /// <summary>DynamoDB: an item is at most 400 KB, names and values (facts.md, section 3).</summary>
    public const int MaxBytes = 409_600;

    private const int MaxPartitionKeyBytes = 2_048;
    private const int MaxSortKeyBytes = 1_024;

    /// <summary>Reads the keys and the expiry out of an item's JSON.</summary>
    /// <exception cref="TableException">A key is missing or no string.</exception>
    public static TableItem Parse(ReadOnlyMemory<byte> json, string? expiryAttribute)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new TableItem(Key(root, PartitionKey), Key(root, SortKey), json, Expiry(root, expiryAttribute));
    }

    /// <summary>What DynamoDB would say of it, or null.</summary>
    internal string? Fault()
    {
        if (Pk.Length == 0 || Sk.Length == 0)
        {
            return "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value.";
        }

        if (Encoding.UTF8.GetByteCount(Pk) > MaxPartitionKeyBytes)
        {
            return "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of 2048 bytes";
        }

        if (Encoding.UTF8.GetByteCount(Sk) > MaxSortKeyBytes)
        {
            return "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes";
        }

        // Escapes and type tags only add to the JSON: an item whose JSON fits need not be measured.
        return Json.Length > MaxBytes && ItemSize.Of(Json) > MaxBytes ? "Item size has exceeded the maximum allowed size" : null;
    }

    private static string Key(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.TryGetProperty("S", out var text)
            ? text.GetString()!
            : throw new TableException("ValidationException", $"One or more parameter values were invalid: Missing the key {name} in the item");

    private static long? Expiry(JsonElement item, string? name) =>
        name is not null && item.TryGetProperty(name, out var value) && value.TryGetProperty("N", out var number) && long.TryParse(number.GetString(), out var seconds)
            ? seconds
            : null;
}
