namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>What DynamoDB returns about tables: the list of them, and the settings of each.</summary>
internal static class TableListings
{
    /// <summary>Names in a page of ListTables. Source: Amazon DynamoDB API Reference, "ListTables".</summary>
    private const int MaxNames = 100;

    // The quotas of a new account in most regions. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".
    private const int AccountUnits = 80_000;
    private const int TableUnits = 40_000;

    public const string Active = "ACTIVE";
    private const string Creating = "CREATING";

    /// <summary>What a new table takes at once if its requests are paid. Source: LocalStack's recordings of AWS, dynamodb: test_gsi_with_billing_mode.</summary>
    private static readonly CapacityUnits OnDemand = new(12_000, 4_000);

    public static async Task<JsonObject> DescribeAsync(ItemTable table, string status)
    {
        var (options, items) = (table.Options, table.Stats.Items);
        var description = new JsonObject
        {
            ["TableName"] = options.Name,
            ["TableArn"] = options.Arn,
            ["TableStatus"] = status,
            ["ItemCount"] = items,
            ["CreationDateTime"] = options.CreatedAt.ToUnixTimeSeconds(),
        };
        if (options.OfClient?.IsPaidByRequest ?? true)
        {
            description["BillingModeSummary"] = new JsonObject { ["BillingMode"] = "PAY_PER_REQUEST" };
        }

        description["DeletionProtectionEnabled"] = options.OfClient?.IsProtected ?? false;
        if (options.HasStream)
        {
            description["LatestStreamArn"] = options.StreamArn;
            description["LatestStreamLabel"] = options.StreamLabel;
            description["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = options.StreamViewType };
        }

        description["KeySchema"] = KeySchema(options.Keys);
        description["AttributeDefinitions"] = new JsonArray([.. options.Keys.Attributes.Concat(options.Indexes.SelectMany(static index => index.Keys.Attributes)).DistinctBy(static key => key.Name).Select(
            static key => new JsonObject { ["AttributeName"] = key.Name, ["AttributeType"] = $"{key.Kind}" })]);
        if (options.OfClient is { } settings)
        {
            AddSettings(description, settings, status, isEmpty: items == 0);
            await AddIndexesAsync(description, table, settings, status);
        }

        return description;
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

    public static JsonArray KeySchema(KeySchema keys) =>
        new([.. keys.Attributes.Select((key, at) => new JsonObject { ["AttributeName"] = key.Name, ["KeyType"] = at == 0 ? "HASH" : "RANGE" })]);

    private static void AddSettings(JsonObject description, TableSettings settings, string status, bool isEmpty)
    {
        description["TableId"] = settings.Id;
        description["ProvisionedThroughput"] = Capacity(settings.Capacity);
        if (isEmpty)
        {
            description["TableSizeBytes"] = 0;
        }

        if (settings.Warm is not null || status != Creating)
        {
            description["WarmThroughput"] = Warm(settings.Warm ?? Ready(settings, settings.Capacity), status == Creating ? "UPDATING" : Active);
        }
    }

    private static async Task AddIndexesAsync(JsonObject description, ItemTable table, TableSettings settings, string status)
    {
        foreach (var kind in table.Options.Indexes.GroupBy(static index => index.IsLocal ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes"))
        {
            var told = new JsonArray();
            foreach (var index in kind)
            {
                told.Add((JsonNode)Describe(index, table.Options, settings, await table.CountAsync(index), status));
            }

            description[kind.Key] = told;
        }
    }

    private static JsonObject Describe(SecondaryIndex index, ItemTableOptions table, TableSettings settings, long items, string status)
    {
        var projection = new JsonObject { ["ProjectionType"] = index.Projection };
        if (index.NonKeyAttributes.Count > 0)
        {
            projection["NonKeyAttributes"] = new JsonArray([.. index.NonKeyAttributes]);
        }

        var description = new JsonObject
        {
            ["IndexName"] = index.Name,
            ["IndexArn"] = $"{table.Arn}/index/{index.Name}",
            ["KeySchema"] = KeySchema(index.Keys),
            ["Projection"] = projection,
            ["ItemCount"] = items,
        };
        if (items == 0)
        {
            description["IndexSizeBytes"] = 0;
        }

        if (!index.IsLocal)
        {
            description["IndexStatus"] = status == Creating ? Creating : Active;
            description["ProvisionedThroughput"] = Capacity(index.Capacity);
            if (status != Creating)
            {
                description["WarmThroughput"] = Warm(Ready(settings, index.Capacity), Active);
            }
        }

        return description;
    }

    private static CapacityUnits Ready(TableSettings settings, CapacityUnits capacity) => settings.IsPaidByRequest ? OnDemand : capacity;

    private static JsonObject Capacity(CapacityUnits units) => new() { ["NumberOfDecreasesToday"] = 0, ["ReadCapacityUnits"] = units.Read, ["WriteCapacityUnits"] = units.Write };

    private static JsonObject Warm(CapacityUnits units, string status) => new() { ["ReadUnitsPerSecond"] = units.Read, ["WriteUnitsPerSecond"] = units.Write, ["Status"] = status };
}
