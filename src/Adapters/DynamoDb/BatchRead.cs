using DataToEvents.Adapters.Aws;

namespace DataToEvents.Adapters.DynamoDb;

/// <param name="Items">The items that were found.</param>
/// <param name="Unprocessed">Keys that DynamoDB left for another call.</param>
internal sealed record BatchRead(Dictionary<PrimaryKey, Dictionary<string, AttributeValue>> Items, PrimaryKey[] Unprocessed)
{
    /// <summary>DynamoDB: keys in a BatchGetItem.</summary>
    public const int MaxKeys = 100;

    /// <summary>One consistent BatchGetItem for one attribute of up to <see cref="MaxKeys"/> items.</summary>
    public static async Task<BatchRead> OnceAsync(
        IAmazonDynamoDB dynamo, string tableName, IReadOnlyCollection<PrimaryKey> keys, string attribute, CancellationToken cancellationToken)
    {
        var wanted = new KeysAndAttributes
        {
            Keys = [.. keys.Select(key => key.ToAttributes())],
            ConsistentRead = true,
            ProjectionExpression = $"{EventItem.PartitionKey}, {EventItem.SortKey}, #{attribute}",
            ExpressionAttributeNames = new() { [$"#{attribute}"] = attribute },
        };
        var answer = await dynamo.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [tableName] = wanted } }, cancellationToken).WithCodeAsync();
        var found = answer.Responses?.GetValueOrDefault(tableName) ?? [];
        var unprocessed = answer.UnprocessedKeys?.GetValueOrDefault(tableName)?.Keys ?? [];
        return new BatchRead(found.ToDictionary(KeyAttributes.KeyOf), [.. unprocessed.Select(KeyAttributes.KeyOf)]);
    }
}
