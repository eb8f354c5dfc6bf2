namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>CreateTable, UpdateTable, UpdateTimeToLive and DeleteTable of tables that clients make. A table is ready as soon as CreateTable has answered.</summary>
/// <param name="tables">The tables.</param>
/// <param name="region">The region of new tables.</param>
/// <param name="account">The account of new tables.</param>
internal sealed class TableCalls(TableCatalog tables, string region, string account)
{
    /// <summary>Source: Amazon DynamoDB API Reference, "TimeToLiveSpecification".</summary>
    private const int MaxAttributeName = 255;

    /// <summary>DeleteTable does not return them.</summary>
    private static readonly string[] NotOfDeleted = ["AttributeDefinitions", "KeySchema", "CreationDateTime", "WarmThroughput"];

    public async Task<JsonObject> CreateAsync(JsonRequest call)
    {
        var name = TableName(call);
        var (attributes, settings) = (TableSchema.Attributes(call), Settings(call, new TableSettings($"{Guid.NewGuid()}")));
        var keys = TableSchema.Keys(call.Objects("KeySchema"), attributes, isIndex: false);
        var locals = call.Objects("LocalSecondaryIndexes").Select((index, at) => TableSchema.Index(index, at + 1, attributes) with { IsLocal = true }).ToList();
        var globals = call.Objects("GlobalSecondaryIndexes").Select((index, at) => TableSchema.Index(index, locals.Count + at + 1, attributes)).ToList();
        TableSchema.CheckIndexes(call, keys, locals, globals);
        List<SecondaryIndex> indexes = [.. locals, .. globals];
        TableSchema.CheckUsed(attributes, keys, indexes);
        var view = StreamView(call);
        var now = tables.Now;
        var table = await tables.CreateAsync(new ItemTableOptions
        {
            Name = name,
            PartitionKey = keys.Partition.Name,
            PartitionKeyKind = keys.Partition.Kind,
            SortKey = keys.Sort?.Name,
            SortKeyKind = keys.Sort?.Kind ?? KeyKind.S,
            Region = region,
            AccountId = account,
            CreatedAt = now,
            HasStream = view is not null,
            StreamViewType = view ?? ItemTableOptions.BothImages,
            StreamLabel = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture),
            Indexes = indexes,
            OfClient = settings with { NextIndex = indexes.Count + 1, Tags = TableTags.Read(call) },
        });
        return new JsonObject { ["TableDescription"] = await TableListings.DescribeAsync(table, "CREATING") };
    }

    public async Task<JsonObject> UpdateAsync(ItemTable table, JsonRequest call)
    {
        _ = OfClient(table);
        if (call.Json.GetPropertyCount() < 2)
        {
            throw Refused("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }

        var (updates, attributes) = (call.Objects("GlobalSecondaryIndexUpdates").ToList(), TableSchema.Attributes(call));
        await tables.ChangeAsync(table, options =>
        {
            var settings = Settings(call, options.OfClient!);
            var indexes = TableSchema.Updated(options, settings, updates, attributes);
            return options with { Indexes = indexes, OfClient = settings with { NextIndex = settings.NextIndex + indexes.Count(index => index.Number == settings.NextIndex) } };
        });
        return new JsonObject { ["TableDescription"] = await TableListings.DescribeAsync(table, "UPDATING") };
    }

    /// <summary>The items that are there expire by the attribute as well. On AWS no second change is possible within an hour.</summary>
    public async Task<JsonObject> UpdateTimeToLiveAsync(ItemTable table, JsonRequest call)
    {
        _ = OfClient(table);
        var specification = JsonRequest.Of(call.RequiredObject("TimeToLiveSpecification"));
        var isEnabled = specification.Flag("Enabled") ?? throw Refused("1 validation error detected: Value null at 'timeToLiveSpecification.enabled' failed to satisfy constraint: Member must not be null");
        var attribute = specification.Text("AttributeName") switch
        {
            null => throw Refused("1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must not be null"),
            { Length: 0 } => throw Refused("1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            { Length: > MaxAttributeName } name => throw Refused($"1 validation error detected: Value '{name}' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length less than or equal to {MaxAttributeName}"),
            var name => name,
        };
        await tables.ChangeAsync(table, options => options with
        {
            TimeToLiveAttribute = (isEnabled, options.TimeToLiveAttribute) switch
            {
                (true, null) => attribute,
                (false, null) => throw Refused("TimeToLive is already disabled"),
                (_, { } current) when current != attribute => throw Refused($"TimeToLive is active on a different AttributeName: current AttributeName is {current}"),
                (true, _) => throw Refused("TimeToLive is already enabled"),
                _ => null,
            },
        });
        return new JsonObject { ["TimeToLiveSpecification"] = new JsonObject { ["Enabled"] = isEnabled, ["AttributeName"] = attribute } };
    }

    public async Task<JsonObject> DeleteAsync(ItemTable table)
    {
        if (OfClient(table).IsProtected)
        {
            throw Refused("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        var description = await TableListings.DescribeAsync(table, "DELETING");
        foreach (var member in NotOfDeleted)
        {
            description.Remove(member);
        }

        await tables.DeleteAsync(table);
        return new JsonObject { ["TableDescription"] = description };
    }

    /// <exception cref="AwsException">The program made the table.</exception>
    public static TableSettings OfClient(ItemTable table) => table.Options.OfClient
        ?? throw Refused($"The program that started the emulator made the table {table.Options.Name}: it cannot be changed or deleted here.");

    private static string TableName(JsonRequest call) => call.Text("TableName") switch
    {
        null => throw Refused("1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null"),
        { Length: < 3 } name => throw Refused($"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
        var name when name.StartsWith("arn:", StringComparison.Ordinal) => throw Refused("TableName is a name here, and not an ARN."),
        var name => name,
    };

    private static TableSettings Settings(JsonRequest call, TableSettings before)
    {
        var isPaid = TableSchema.IsPaidByRequest(call) ?? before.IsPaidByRequest;
        var given = TableSchema.Capacity(call);
        if (given is not null || isPaid != before.IsPaidByRequest || before.Capacity == default)
        {
            TableSchema.CheckCapacity(given, isPaid, "table");
        }

        return before with
        {
            IsPaidByRequest = isPaid,
            Capacity = isPaid ? default : given ?? before.Capacity,
            Warm = call.Object("WarmThroughput") is { } warm
                ? new CapacityUnits(JsonRequest.Of(warm).Number("ReadUnitsPerSecond") ?? 0, JsonRequest.Of(warm).Number("WriteUnitsPerSecond") ?? 0)
                : before.Warm,
            IsProtected = call.Flag("DeletionProtectionEnabled") ?? before.IsProtected,
        };
    }

    private static string? StreamView(JsonRequest call)
    {
        var given = call.Object("StreamSpecification") is { } specification ? JsonRequest.Of(specification) : default(JsonRequest?);
        return (given?.Flag("StreamEnabled"), given?.Text("StreamViewType")) switch
        {
            (true, { } view) => view,
            (true, null) => throw Refused("One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true"),
            (_, not null) => throw Refused("One or more parameter values were invalid: StreamViewType must not be specified when StreamEnabled is false"),
            _ => null,
        };
    }

    private static AwsException Refused(string message) => new("ValidationException", message);
}
