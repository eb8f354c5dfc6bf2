using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Consistent reads of the consumer's table.</summary>
internal sealed class ViewReader(JsonCalls calls, string tableName, Pauses pauses)
{
    // Rounds of a BatchGetItem that bring nothing at all, one after the other.
    private const int MaxEmptyRounds = 8;

    private const int UsualRequestBytes = 1_024;

    /// <returns>Null when there is no such item.</returns>
    public async Task<Item?> OneAsync(ItemKey key, CancellationToken cancellationToken)
    {
        using var answer = await calls.CallAsync(
            "GetItem",
            UsualRequestBytes,
            json =>
            {
                json.WriteString("TableName"u8, tableName);
                json.WriteBoolean("ConsistentRead"u8, true);
                json.WriteStartObject("Key"u8);
                json.WriteKey(key);
                json.WriteEndObject();
            },
            cancellationToken);
        return ReadOne(answer.Written.Span);
    }

    /// <summary>All items under a partition key.</summary>
    public async Task<List<Item>> AllAsync(string partition, CancellationToken cancellationToken)
    {
        var items = new List<Item>();
        var last = default(ItemKey?);
        do
        {
            var page = await PageAsync(partition, null, last, cancellationToken);
            items.AddRange(page.Items);
            last = page.Last;
        }
        while (last is not null);
        return items;
    }

    /// <param name="partition">The partition key.</param>
    /// <param name="newest">So many from the end at most, backwards; null: from the beginning, as many as an answer holds.</param>
    /// <param name="after">Where the page before stopped.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<QueryPage> PageAsync(string partition, int? newest, ItemKey? after, CancellationToken cancellationToken)
    {
        using var answer = await calls.CallAsync("Query", UsualRequestBytes, json => WriteQuery(partition, newest, after, json), cancellationToken);
        return QueryPage.Read(answer.Written.Span);
    }

    /// <summary>One attribute of many items; what does not exist is not among them.</summary>
    public async Task<Dictionary<ItemKey, Item>> ManyAsync(IReadOnlyList<ItemKey> keys, string attribute, CancellationToken cancellationToken)
    {
        var chunks = await Task.WhenAll(keys.Chunk(BatchRead.MaxKeys).Select(chunk => ChunkAsync(chunk, attribute, cancellationToken)));
        return chunks.SelectMany(chunk => chunk).ToDictionary();
    }

    private void WriteQuery(string partition, int? newest, ItemKey? after, Utf8JsonWriter json)
    {
        json.WriteString("TableName"u8, tableName);
        json.WriteBoolean("ConsistentRead"u8, true);
        json.WriteString("KeyConditionExpression"u8, $"{EventItem.PartitionKey} = :pk");
        json.WriteStartObject("ExpressionAttributeValues"u8);
        json.WriteAttribute(":pk", partition);
        json.WriteEndObject();
        if (newest is { } limit)
        {
            json.WriteBoolean("ScanIndexForward"u8, false);
            json.WriteNumber("Limit"u8, limit);
        }

        if (after is { } last)
        {
            json.WriteStartObject("ExclusiveStartKey"u8);
            json.WriteKey(last);
            json.WriteEndObject();
        }
    }

    private static Item? ReadOne(ReadOnlySpan<byte> answer)
    {
        var item = default(Item);
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        while (reader.NextMember())
        {
            if (reader.Is("Item"u8))
            {
                item = Item.Next(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return item;
    }

    /// <summary>DynamoDB leaves keys unprocessed when it is busy, and whenever an answer would be over 16 MB.</summary>
    private async Task<Dictionary<ItemKey, Item>> ChunkAsync(ItemKey[] keys, string attribute, CancellationToken cancellationToken)
    {
        var items = new Dictionary<ItemKey, Item>();
        for (var emptyRounds = 0; keys.Length > 0;)
        {
            var read = await BatchRead.OnceAsync(calls, tableName, keys, attribute, cancellationToken);
            foreach (var (key, item) in read.Items)
            {
                items.Add(key, item);
            }

            emptyRounds = read.Unprocessed.Length == keys.Length ? emptyRounds + 1 : 0;
            if (emptyRounds == MaxEmptyRounds)
            {
                throw new InvalidOperationException($"DynamoDB left {keys.Length} keys of table {tableName} unprocessed {MaxEmptyRounds} times.");
            }

            keys = read.Unprocessed;
            if (emptyRounds > 0)
            {
                await pauses.AfterAsync(emptyRounds, cancellationToken);
            }
        }

        return items;
    }
}
