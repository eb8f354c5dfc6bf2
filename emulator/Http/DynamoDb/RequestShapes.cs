namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The members that requests of DynamoDB and DynamoDB Streams may have here, with a list for each operation.</summary>
internal static class RequestShapes
{
    // Reads here are always consistent, with or without ConsistentRead.
    private static readonly RequestMember ConsistentRead = new("ConsistentRead") { HasNoEffect = JsonValueKind.True };

    private static readonly RequestMember NoCapacity = new("ReturnConsumedCapacity") { Values = ["NONE"] };

    // Only tables with a local index have such metrics. No table here has an index.
    private static readonly RequestMember Metrics = new("ReturnItemCollectionMetrics") { Values = ["NONE", "SIZE"] };

    private static readonly RequestMember OldIfRefused = new("ReturnValuesOnConditionCheckFailure") { Values = ["NONE", "ALL_OLD"] };

    private static readonly RequestMember[] Condition = ["ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", OldIfRefused];

    private static readonly RequestMember[] Write = ["TableName", .. Condition, "ReturnValues", NoCapacity, Metrics];

    private static readonly RequestMember[] Read = [ConsistentRead, "ProjectionExpression", "ExpressionAttributeNames"];

    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["PutItem"] = new(["Item", .. Write]),
        ["UpdateItem"] = new(["Key", "UpdateExpression", .. Write]),
        ["DeleteItem"] = new(["Key", .. Write]),
        ["TransactWriteItems"] = new("TransactItems", "ClientRequestToken", NoCapacity, Metrics),
        ["BatchExecuteStatement"] = new(new RequestMember("Statements") { Each = new("Statement", "Parameters", ConsistentRead, OldIfRefused) }, NoCapacity),
        ["GetItem"] = new(["TableName", "Key", .. Read, NoCapacity]),
        ["BatchGetItem"] = new(new RequestMember("RequestItems") { Each = new(["Keys", .. Read]) }, NoCapacity),
        ["Query"] = new(
        [
            "TableName", "KeyConditionExpression", "FilterExpression", "ExpressionAttributeValues", "ScanIndexForward", "ExclusiveStartKey", "Limit",
            new RequestMember("Select") { Values = ["ALL_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"] }, .. Read, NoCapacity,
        ]),
        ["Scan"] = new("TableName", "ExclusiveStartKey", "Limit", new RequestMember("Select") { Values = ["ALL_ATTRIBUTES", "COUNT"] }, ConsistentRead, NoCapacity),
        ["DescribeTable"] = new("TableName"),
        ["ListTables"] = new(),
    };

    public static IReadOnlyDictionary<string, RequestShape> OfStreams { get; } = new Dictionary<string, RequestShape>
    {
        ["ListStreams"] = new("TableName"),
        // A stream has one shard, so that no limit cuts the list.
        ["DescribeStream"] = new("StreamArn", new RequestMember("Limit") { HasNoEffect = JsonValueKind.Number }),
        ["GetShardIterator"] = new("StreamArn", "ShardId", "ShardIteratorType", "SequenceNumber"),
        ["GetRecords"] = new("ShardIterator", "Limit"),
    };

    /// <summary>The members of the actions in a TransactWriteItems.</summary>
    public static IReadOnlyDictionary<string, RequestShape> Actions { get; } = new Dictionary<string, RequestShape>
    {
        ["Put"] = new(["TableName", "Item", .. Condition]),
        ["Update"] = new(["TableName", "Key", "UpdateExpression", .. Condition]),
        ["Delete"] = new(["TableName", "Key", .. Condition]),
        ["ConditionCheck"] = new(["TableName", "Key", .. Condition]),
    };
}
