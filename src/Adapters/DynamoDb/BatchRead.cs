using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <param name="Items">What was found.</param>
/// <param name="Unprocessed">What DynamoDB asks to be asked again.</param>
internal sealed record BatchRead(Dictionary<ItemKey, Item> Items, ItemKey[] Unprocessed)
{
    /// <summary>DynamoDB: keys in a BatchGetItem.</summary>
    public const int MaxKeys = 100;

    private const int BytesAKey = 256;

    /// <summary>One consistent BatchGetItem for one attribute of up to <see cref="MaxKeys"/> items.</summary>
    public static async Task<BatchRead> OnceAsync(
        JsonCalls calls, string tableName, IReadOnlyCollection<ItemKey> keys, string attribute, CancellationToken cancellationToken)
    {
        using var answer = await calls.CallAsync("BatchGetItem", (keys.Count + 1) * BytesAKey, json => WriteRequest(tableName, keys, attribute, json), cancellationToken);
        return Read(answer.Written.Span);
    }

    private static void WriteRequest(string tableName, IReadOnlyCollection<ItemKey> keys, string attribute, Utf8JsonWriter json)
    {
        json.WriteStartObject("RequestItems"u8);
        json.WriteStartObject(tableName);
        json.WriteStartArray("Keys"u8);
        foreach (var key in keys)
        {
            json.WriteStartObject();
            json.WriteKey(key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("ConsistentRead"u8, true);
        json.WriteString("ProjectionExpression"u8, $"{EventItem.PartitionKey}, {EventItem.SortKey}, #{attribute}");
        json.WriteNames(attribute);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static BatchRead Read(ReadOnlySpan<byte> answer)
    {
        List<Item> found = [], unprocessed = [];
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        while (reader.NextMember())
        {
            var (isFound, isUnprocessed) = (reader.Is("Responses"u8), reader.Is("UnprocessedKeys"u8));
            if (!(isFound || isUnprocessed))
            {
                reader.Skip();
            }
            else if (reader.NextObject())
            {
                // One member: the table that was asked for.
                while (reader.NextMember())
                {
                    (found, unprocessed) = isFound ? (Item.NextList(ref reader), unprocessed) : (found, Keys(ref reader));
                }
            }
        }

        return new BatchRead(found.ToDictionary(item => item.Key), [.. unprocessed.Select(item => item.Key)]);
    }

    private static List<Item> Keys(ref Utf8JsonReader reader)
    {
        var keys = new List<Item>();
        if (reader.NextObject())
        {
            while (reader.NextMember())
            {
                if (reader.Is("Keys"u8))
                {
                    keys = Item.NextList(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return keys;
    }
}
