namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>What DynamoDB tells about tables: the list of them, and each one's settings.</summary>
internal static class TableListings
{
    /// <summary>Names in a page of ListTables. Source: Amazon DynamoDB API Reference, "ListTables".</summary>
    private const int MaxNames = 100;

    // The quotas of a new account in most regions. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".
    private const int AccountUnits = 80_000;
    private const int TableUnits = 40_000;

    public static JsonObject Describe(ItemTableOptions table, long items)
    {
        var description = new JsonObject
        {
            ["TableName"] = table.Name,
            ["TableArn"] = table.Arn,
            ["TableStatus"] = "ACTIVE",
            ["ItemCount"] = items,
            ["CreationDateTime"] = table.CreatedAt.ToUnixTimeSeconds(),
            ["BillingModeSummary"] = new JsonObject { ["BillingMode"] = "PAY_PER_REQUEST" },
            ["DeletionProtectionEnabled"] = false,
        };
        if (table.HasStream)
        {
            description["LatestStreamArn"] = table.StreamArn;
            description["LatestStreamLabel"] = table.StreamLabel;
            description["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = "NEW_AND_OLD_IMAGES" };
        }

        description["KeySchema"] = KeySchema(table);
        description["AttributeDefinitions"] = Attributes(table, "AttributeType", "S", "S");
        return new JsonObject { ["Table"] = description };
    }

    public static JsonObject TimeToLive(ItemTableOptions table)
    {
        var description = new JsonObject { ["TimeToLiveStatus"] = table.TimeToLiveAttribute is null ? "DISABLED" : "ENABLED" };
        if (table.TimeToLiveAttribute is { } attribute)
        {
            description["AttributeName"] = attribute;
        }

        return new JsonObject { ["TimeToLiveDescription"] = description };
    }

    /// <summary>As on AWS: continuous backups are always enabled, and recovery to a point in time is off unless it was switched on.</summary>
    public static JsonObject ContinuousBackups() => new()
    {
        ["ContinuousBackupsDescription"] = new JsonObject
        {
            ["ContinuousBackupsStatus"] = "ENABLED",
            ["PointInTimeRecoveryDescription"] = new JsonObject { ["PointInTimeRecoveryStatus"] = "DISABLED" },
        },
    };

    public static JsonObject Limits() => new()
    {
        ["AccountMaxReadCapacityUnits"] = AccountUnits,
        ["AccountMaxWriteCapacityUnits"] = AccountUnits,
        ["TableMaxReadCapacityUnits"] = TableUnits,
        ["TableMaxWriteCapacityUnits"] = TableUnits,
    };

    /// <param name="names">All names in order.</param>
    /// <param name="call">The request.</param>
    public static JsonObject List(IEnumerable<string> names, JsonRequest call)
    {
        var start = call.Text("ExclusiveStartTableName");
        var limit = call.Number("Limit") ?? MaxNames;
        var rest = names.Where(name => start is null || string.CompareOrdinal(name, start) > 0).ToList();
        var page = new JsonObject { ["TableNames"] = new JsonArray([.. rest.Take(limit)]) };
        if (rest.Count > limit)
        {
            page["LastEvaluatedTableName"] = rest[limit - 1];
        }

        return page;
    }

    public static JsonArray KeySchema(ItemTableOptions table) => Attributes(table, "KeyType", "HASH", "RANGE");

    private static JsonArray Attributes(ItemTableOptions table, string member, string partition, string sort) => new(
        new JsonObject { ["AttributeName"] = table.PartitionKey, [member] = partition },
        new JsonObject { ["AttributeName"] = table.SortKey, [member] = sort });
}
