using DataToEvents.Adapters.Aws;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Consistent reads of the consumer's table.</summary>
internal sealed class ViewReader(IAmazonDynamoDB dynamo, string tableName, JitteredBackOff backOff)
{
    // Rounds of a BatchGetItem that bring nothing at all, one after the other.
    private const int MaxEmptyRounds = 8;

    /// <returns>Null when there is no such item.</returns>
    public async Task<Dictionary<string, AttributeValue>?> OneAsync(PrimaryKey key, CancellationToken cancellationToken) =>
        await GetAsync(key, cancellationToken).WithCodeAsync() is { Item: { Count: > 0 } item } ? item : null;

    /// <summary>Whether there is such an item. Errors are as the SDK throws them.</summary>
    public async Task<bool> HasAsync(PrimaryKey key, CancellationToken cancellationToken) => await GetAsync(key, cancellationToken) is { Item.Count: > 0 };

    private Task<GetItemResponse> GetAsync(PrimaryKey key, CancellationToken cancellationToken) =>
        dynamo.GetItemAsync(new GetItemRequest { TableName = tableName, Key = key.ToAttributes(), ConsistentRead = true }, cancellationToken);

    /// <summary>All items under a partition key whose sort keys are in a range.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> AllAsync(string partition, ListRange range, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        var last = default(Dictionary<string, AttributeValue>);
        do
        {
            var page = await PageAsync(partition, null, range, last, cancellationToken);
            items.AddRange(page.Items ?? []);
            last = page.LastEvaluatedKey;
        }
        while (last is { Count: > 0 });
        return items;
    }

    /// <param name="partition">The partition key.</param>
    /// <param name="most">The number of items to read at most; null reads as many as an answer holds.</param>
    /// <param name="range">The sort keys to read. A range with two ends includes both.</param>
    /// <param name="last">The key at which the page before stopped.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<QueryResponse> PageAsync(string partition, int? most, ListRange range, Dictionary<string, AttributeValue>? last, CancellationToken cancellationToken)
    {
        var query = new QueryRequest
        {
            TableName = tableName,
            ConsistentRead = true,
            KeyConditionExpression = $"{EventItem.PartitionKey} = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new AttributeValue(partition) },
            ScanIndexForward = range.IsBackwards ? false : null,
            Limit = most,
            ExclusiveStartKey = last,
        };
        if (range.After is { } after)
        {
            query.ExpressionAttributeValues.Add(":after", new AttributeValue(after));
        }

        if (range.Before is { } before)
        {
            query.ExpressionAttributeValues.Add(":before", new AttributeValue(before));
        }

        query.KeyConditionExpression += (range.After, range.Before) switch
        {
            (null, null) => "",
            (null, _) => $" AND {EventItem.SortKey} < :before",
            (_, null) => $" AND {EventItem.SortKey} > :after",
            _ => $" AND {EventItem.SortKey} BETWEEN :after AND :before",
        };

        return dynamo.QueryAsync(query, cancellationToken).WithCodeAsync();
    }

    /// <summary>
    /// One attribute of up to <see cref="BatchRead.MaxKeys"/> items; what does not exist is not among them. DynamoDB leaves keys unprocessed when it is busy,
    /// and whenever an answer would be over 16 MB.
    /// </summary>
    public async Task<Dictionary<PrimaryKey, Dictionary<string, AttributeValue>>> ManyAsync(PrimaryKey[] keys, string attribute, CancellationToken cancellationToken)
    {
        var items = new Dictionary<PrimaryKey, Dictionary<string, AttributeValue>>();
        for (var emptyRounds = 0; keys.Length > 0;)
        {
            var read = await BatchRead.OnceAsync(dynamo, tableName, keys, attribute, cancellationToken);
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
                await backOff.PauseAsync(emptyRounds, cancellationToken);
            }
        }

        return items;
    }
}
