using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>One consistent BatchGetItem for the content hashes of items that stand.</summary>
internal static class StandingHashes
{
    /// <param name="tableName">Where.</param>
    /// <param name="keys">One to 100.</param>
    /// <param name="json">Takes the request.</param>
    public static void WriteRequest(string tableName, IEnumerable<ItemKey> keys, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("RequestItems"u8);
        json.WriteStartObject(tableName);
        json.WriteStartArray("Keys"u8);
        foreach (var key in keys)
        {
            json.WriteStartObject();
            WriteText(EventItem.PartitionKey, key.Partition, json);
            WriteText(EventItem.SortKey, key.Sort, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("ConsistentRead"u8, true);

        // "hash" is one of DynamoDB's own words.
        json.WriteString("ProjectionExpression"u8, $"{EventItem.PartitionKey}, {EventItem.SortKey}, #hash");
        json.WriteStartObject("ExpressionAttributeNames"u8);
        json.WriteString("#hash"u8, EventItem.Hash);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <returns>By key, what was found; null: an item without a hash.</returns>
    public static Dictionary<ItemKey, string?> Read(ReadOnlySpan<byte> json)
    {
        var hashes = new Dictionary<ItemKey, string?>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.NextMember())
        {
            if (reader.Is("Responses"u8) && reader.NextObject())
            {
                ReadTables(ref reader, hashes);
            }
            else
            {
                reader.Skip();
            }
        }

        return hashes;
    }

    private static void ReadTables(ref Utf8JsonReader reader, Dictionary<ItemKey, string?> hashes)
    {
        while (reader.NextMember())
        {
            if (reader.NextArray())
            {
                while (reader.NextElement())
                {
                    var (key, hash) = Item(ref reader);
                    hashes[key] = hash;
                }
            }
        }
    }

    private static (ItemKey Key, string? Hash) Item(ref Utf8JsonReader reader)
    {
        var (partition, sort, hash) = ("", "", default(string));
        while (reader.NextMember())
        {
            var (isPartition, isSort) = (reader.Is("pk"u8), reader.Is("sk"u8));
            var isHash = reader.Is("hash"u8);
            var text = reader.NextObject() ? Text(ref reader) : null;
            partition = isPartition ? text! : partition;
            sort = isSort ? text! : sort;
            hash = isHash ? text : hash;
        }

        return (new ItemKey(partition, sort), hash);
    }

    /// <summary>An attribute holds one member, its type's.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        var text = default(string);
        while (reader.NextMember())
        {
            text = reader.NextText();
        }

        return text;
    }

    private static void WriteText(string name, string value, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("S"u8, value);
        json.WriteEndObject();
    }
}
