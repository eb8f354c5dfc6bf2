namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The members that requests of DynamoDB and DynamoDB Streams may have here, with a list for each operation.</summary>
internal static class RequestShapes
{
    // Reads here are always consistent, with or without ConsistentRead.
    private static readonly RequestMember ConsistentRead = new("ConsistentRead") { HasNoEffect = JsonValueKind.True };

    private static readonly RequestMember NoCapacity = new("ReturnConsumedCapacity") { Values = ["NONE"], Known = ["INDEXES", "TOTAL", "NONE"] };

    // Only tables with a local index have such metrics: DynamoDbService refuses SIZE where there is one.
    private static readonly RequestMember Metrics = new("ReturnItemCollectionMetrics") { Known = ["SIZE", "NONE"] };

    private static readonly RequestMember OldIfRefused = new("ReturnValuesOnConditionCheckFailure") { Known = ["ALL_OLD", "NONE"] };

    private static readonly RequestMember ReturnValues = new("ReturnValues") { Known = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"] };

    private static readonly RequestMember OldValues = ReturnValues with { Values = ["ALL_OLD", "NONE"], Refusal = "ReturnValues can only be ALL_OLD or NONE" };

    private static readonly RequestMember[] Condition = ["ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", OldIfRefused];

    private static readonly RequestMember[] Write = ["TableName", .. Condition, NoCapacity, Metrics];

    private static readonly RequestMember[] Projection = ["ProjectionExpression", "ExpressionAttributeNames"];

    private static readonly RequestMember[] Read = [ConsistentRead, .. Projection];

    private static readonly RequestMember[] Page =
    [
        "TableName", "IndexName", "FilterExpression", "ExpressionAttributeValues", "ExclusiveStartKey", new RequestMember("Limit") { Minimum = 1 },
        new RequestMember("Select") { Known = ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"] }, .. Read, NoCapacity,
    ];

    private static readonly RequestMember Keys = new("KeySchema") { Each = new("AttributeName", new RequestMember("KeyType") { Known = ["HASH", "RANGE"] }) };

    private static readonly RequestMember Attributes = new("AttributeDefinitions") { Each = new("AttributeName", new RequestMember("AttributeType") { Known = ["B", "N", "S"] }) };

    private static readonly RequestMember IndexProjection = new("Projection")
    {
        Members = new(new RequestMember("ProjectionType") { Known = ["ALL", "KEYS_ONLY", "INCLUDE"] }, "NonKeyAttributes"),
    };

    private static readonly RequestMember Capacity = new("ProvisionedThroughput")
    {
        Members = new(new RequestMember("ReadCapacityUnits") { Minimum = 1 }, new RequestMember("WriteCapacityUnits") { Minimum = 1 }),
    };

    private static readonly RequestMember Billing = new("BillingMode") { Known = ["PROVISIONED", "PAY_PER_REQUEST"] };

    private static readonly RequestMember[] GlobalIndex = ["IndexName", Keys, IndexProjection, Capacity];

    private static readonly RequestMember StreamSettings = new("StreamSpecification")
    {
        Members = new("StreamEnabled", new RequestMember("StreamViewType") { Known = ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"] }),
    };

    private static readonly RequestMember Tags = new("Tags") { Each = new("Key", "Value") };

    private static readonly RequestMember Warm = new("WarmThroughput") { Members = new("ReadUnitsPerSecond", "WriteUnitsPerSecond") };

    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["PutItem"] = new(["Item", .. Write, OldValues]),
        ["UpdateItem"] = new(["Key", "UpdateExpression", .. Write, ReturnValues]),
        ["DeleteItem"] = new(["Key", .. Write, OldValues]),
        ["BatchWriteItem"] = new("RequestItems", NoCapacity, Metrics),
        ["TransactWriteItems"] = new("TransactItems", "ClientRequestToken", NoCapacity, Metrics),
        ["BatchExecuteStatement"] = new(new RequestMember("Statements") { Each = new("Statement", "Parameters", ConsistentRead, OldIfRefused) }, NoCapacity),
        ["GetItem"] = new(["TableName", "Key", .. Read, NoCapacity]),
        ["BatchGetItem"] = new(new RequestMember("RequestItems") { Each = new(["Keys", .. Read]) }, NoCapacity),
        ["TransactGetItems"] = new("TransactItems", NoCapacity),
        ["Query"] = new(["KeyConditionExpression", "ScanIndexForward", .. Page]),
        ["Scan"] = new(["Segment", "TotalSegments", .. Page]),
        ["CreateTable"] = new(
            "TableName", Attributes, Keys, Billing, Capacity, StreamSettings, Warm, "DeletionProtectionEnabled", Tags,
            new RequestMember("LocalSecondaryIndexes") { Each = new("IndexName", Keys, IndexProjection) }, new RequestMember("GlobalSecondaryIndexes") { Each = new(GlobalIndex) }),
        ["UpdateTable"] = new(
            "TableName", Attributes, Billing, Capacity, "DeletionProtectionEnabled",
            new RequestMember("GlobalSecondaryIndexUpdates")
            {
                Each = new(
                    new RequestMember("Create") { Members = new(GlobalIndex) },
                    new RequestMember("Update") { Members = new("IndexName", Capacity) },
                    new RequestMember("Delete") { Members = new("IndexName") }),
            }),
        ["DeleteTable"] = new("TableName"),
        ["DescribeTable"] = new("TableName"),
        ["DescribeTimeToLive"] = new("TableName"),
        ["UpdateTimeToLive"] = new("TableName", new RequestMember("TimeToLiveSpecification") { Members = new("Enabled", "AttributeName") }),
        ["TagResource"] = new("ResourceArn", Tags),
        ["UntagResource"] = new("ResourceArn", "TagKeys"),
        ["ListTagsOfResource"] = new("ResourceArn"),
        ["DescribeContinuousBackups"] = new("TableName"),
        ["DescribeLimits"] = new(),
        ["ListTables"] = new("ExclusiveStartTableName", new RequestMember("Limit") { Minimum = 1, Maximum = 100 }),
    };

    public static IReadOnlyDictionary<string, RequestShape> OfStreams { get; } = new Dictionary<string, RequestShape>
    {
        ["ListStreams"] = new("TableName"),
        // A stream has one shard: every limit allows that.
        ["DescribeStream"] = new("StreamArn", new RequestMember("Limit") { HasNoEffect = JsonValueKind.Number }),
        ["GetShardIterator"] = new("StreamArn", "ShardId", "ShardIteratorType", "SequenceNumber"),
        ["GetRecords"] = new("ShardIterator", "Limit"),
    };

    /// <summary>The members of the actions in a transaction and of the writes in a batch.</summary>
    public static IReadOnlyDictionary<string, RequestShape> Actions { get; } = new Dictionary<string, RequestShape>
    {
        ["Put"] = new(["TableName", "Item", .. Condition]),
        ["Update"] = new(["TableName", "Key", "UpdateExpression", .. Condition]),
        ["Delete"] = new(["TableName", "Key", .. Condition]),
        ["ConditionCheck"] = new(["TableName", "Key", .. Condition]),
        ["Get"] = new(["TableName", "Key", .. Projection]),
        ["PutRequest"] = new("Item"),
        ["DeleteRequest"] = new("Key"),
    };
}
