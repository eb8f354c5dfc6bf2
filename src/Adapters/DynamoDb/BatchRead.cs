using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>An item's primary key.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    /// <summary>No stream has this key, nor any part of a view.</summary>
    public static ItemKey Nobodys { get; } = new("nobody's", "nothing");

    public static ItemKey Of(Dictionary<string, AttributeValue> item) => new(item[EventItem.PartitionKey].S, item[EventItem.SortKey].S);

    public Dictionary<string, AttributeValue> ToAttributes() =>
        new() { [EventItem.PartitionKey] = new(Partition), [EventItem.SortKey] = new(Sort) };
}

/// <param name="Items">What was found.</param>
/// <param name="Unprocessed">What DynamoDB asks to be asked again.</param>
internal sealed record BatchRead(IReadOnlyDictionary<ItemKey, Dictionary<string, AttributeValue>> Items, ItemKey[] Unprocessed)
{
    /// <summary>DynamoDB: keys in a BatchGetItem.</summary>
    public const int MaxKeys = 100;

    /// <summary>One consistent BatchGetItem for one attribute of up to <see cref="MaxKeys"/> items.</summary>
    public static async Task<BatchRead> OnceAsync(
        IAmazonDynamoDB dynamo, string tableName, IEnumerable<ItemKey> keys, string attribute, CancellationToken cancellationToken)
    {
        var wanted = new KeysAndAttributes
        {
            Keys = [.. keys.Select(key => key.ToAttributes())],
            ConsistentRead = true,
            ProjectionExpression = $"{EventItem.PartitionKey}, {EventItem.SortKey}, #wanted",
            ExpressionAttributeNames = new() { ["#wanted"] = attribute },
        };
        var request = new BatchGetItemRequest { RequestItems = new() { [tableName] = wanted } };
        var answer = await dynamo.BatchGetItemAsync(request, cancellationToken);
        var found = answer.Responses?.GetValueOrDefault(tableName) ?? [];
        var unprocessed = answer.UnprocessedKeys?.GetValueOrDefault(tableName)?.Keys ?? [];
        return new BatchRead(found.ToDictionary(ItemKey.Of), [.. unprocessed.Select(ItemKey.Of)]);
    }
}
