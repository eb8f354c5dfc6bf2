namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The keys and the indexes in requests of CreateTable and UpdateTable.</summary>
internal static class TableSchema
{
    // Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".
    private const int MaxGlobal = 20;
    private const int MaxLocal = 5;

    private static readonly string[] IndexLists = ["LocalSecondaryIndexes", "GlobalSecondaryIndexes"];

    public static Dictionary<string, KeyKind> Attributes(JsonRequest call)
    {
        var attributes = new Dictionary<string, KeyKind>();
        foreach (var attribute in call.Objects("AttributeDefinitions"))
        {
            if (!attributes.TryAdd(attribute.RequiredText("AttributeName"), Enum.Parse<KeyKind>(attribute.RequiredText("AttributeType"))))
            {
                throw Refused("Duplicate AttributeName in AttributeDefinitions");
            }
        }

        return attributes;
    }

    public static KeySchema Keys(IEnumerable<JsonRequest> schema, Dictionary<string, KeyKind> attributes, bool isIndex)
    {
        var keys = schema.Select(static key => (Name: key.RequiredText("AttributeName"), Type: key.RequiredText("KeyType"))).ToList();
        if (keys is not ([(_, "HASH")] or [(_, "HASH"), (_, "RANGE")]))
        {
            throw Refused(keys.Count == 0
                ? "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1"
                : $"Invalid KeySchema: {(keys[0].Type != "HASH" ? "The first KeySchemaElement is not a HASH key type" : keys.Count > 2 ? "A key has at most two attributes" : "The second KeySchemaElement is not a RANGE key type")}");
        }

        if (keys.Count == 2 && keys[0].Name == keys[1].Name)
        {
            throw Refused("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        var undefined = keys.Where(key => !attributes.ContainsKey(key.Name)).ToList();
        return undefined.Count == 0
            ? new KeySchema(Attribute(keys[0].Name), keys.Count == 2 ? Attribute(keys[1].Name) : null)
            : throw Refused(
                $"One or more parameter values were invalid: Some {(isIndex ? "index " : "")}key attributes are not defined in AttributeDefinitions. "
                + $"Keys: [{string.Join(", ", undefined.Select(static key => key.Name))}], AttributeDefinitions: [{string.Join(", ", attributes.Keys)}]");

        KeyAttribute Attribute(string name) => new(name, attributes[name]);
    }

    public static SecondaryIndex Index(JsonRequest index, int number, Dictionary<string, KeyKind> attributes)
    {
        var name = index.RequiredText("IndexName");
        var projection = index.Object("Projection") is { } given ? JsonRequest.Of(given) : default(JsonRequest?);
        var type = projection?.Text("ProjectionType") ?? throw Invalid("Unknown ProjectionType: null");
        var names = projection.Value.Texts("NonKeyAttributes").ToList();
        if ((type == SecondaryIndex.Include) != (names.Count > 0))
        {
            throw Invalid(type == SecondaryIndex.Include ? "ProjectionType is INCLUDE, but NonKeyAttributes is not specified" : $"ProjectionType is {type}, but NonKeyAttributes is specified");
        }

        return new SecondaryIndex(name, number, Keys(index.Objects("KeySchema"), attributes, isIndex: true))
        {
            Projection = type,
            NonKeyAttributes = names,
            Capacity = Capacity(index) ?? default,
        };

        AwsException Invalid(string reason) => Refused($"One or more parameter values were invalid: {reason}, IndexName: {name}");
    }

    public static void CheckIndexes(JsonRequest call, KeySchema table, List<SecondaryIndex> locals, List<SecondaryIndex> globals)
    {
        foreach (var empty in IndexLists.Where(list => call.Array(list) is { } given && given.GetArrayLength() == 0))
        {
            throw Refused($"One or more parameter values were invalid: List of {empty} is empty");
        }

        if (locals.Count > 0 && table.Sort is null)
        {
            throw Refused("One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        }

        if (locals.Find(index => index.Keys.Sort is null || index.Keys.Partition != table.Partition) is { } wrong)
        {
            throw Refused(wrong.Keys.Sort is null
                ? $"One or more parameter values were invalid: Index KeySchema does not have a range key for index: {wrong.Name}"
                : $"One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as table KeySchema for index: {wrong.Name}");
        }

        if (locals.Count > MaxLocal || globals.Count > MaxGlobal)
        {
            throw new AwsException("LimitExceededException", $"A table has at most {MaxLocal} local and {MaxGlobal} global secondary indexes.");
        }

        if (locals.Concat(globals).GroupBy(static index => index.Name).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            throw Refused($"One or more parameter values were invalid: Duplicate index name: {twice.Key}");
        }

        foreach (var index in call.Objects("GlobalSecondaryIndexes"))
        {
            CheckCapacity(Capacity(index), IsPaidByRequest(call) ?? false, "index");
        }
    }

    public static void CheckUsed(Dictionary<string, KeyKind> attributes, KeySchema keys, List<SecondaryIndex> indexes)
    {
        if (attributes.Keys.Any(name => !keys.Has(name) && !indexes.Exists(index => index.Keys.Has(name))))
        {
            throw Refused(indexes.Count == 0
                ? "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
                : "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [" + string.Join(", ", attributes.Keys) + "]");
        }
    }

    public static bool? IsPaidByRequest(JsonRequest call) => call.Text("BillingMode") is { } mode ? mode == "PAY_PER_REQUEST" : null;

    public static CapacityUnits? Capacity(JsonRequest call) => call.Object("ProvisionedThroughput") is { } units
        ? new CapacityUnits(JsonRequest.Of(units).Number("ReadCapacityUnits") ?? 0, JsonRequest.Of(units).Number("WriteCapacityUnits") ?? 0)
        : null;

    public static void CheckCapacity(CapacityUnits? units, bool isPaidByRequest, string what)
    {
        if (isPaidByRequest && units is not null)
        {
            throw Refused("One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }

        if (!isPaidByRequest && units is not { Read: > 0, Write: > 0 })
        {
            throw Refused(what == "table"
                ? "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
                : "One or more parameter values were invalid: ProvisionedThroughput must be specified for index");
        }
    }

    public static List<SecondaryIndex> Updated(ItemTableOptions table, TableSettings settings, List<JsonRequest> updates, Dictionary<string, KeyKind> added)
    {
        if (updates.Count(static update => update.Object("Update") is null) > 1)
        {
            throw new AwsException("LimitExceededException", "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        }

        var attributes = table.Keys.Attributes.Concat(table.Indexes.SelectMany(static index => index.Keys.Attributes)).DistinctBy(static key => key.Name).ToDictionary(static key => key.Name, static key => key.Kind);
        foreach (var (name, kind) in added)
        {
            if (!attributes.TryAdd(name, kind) && attributes[name] != kind)
            {
                throw Refused($"One or more parameter values were invalid: Attribute {name} has another type in the table");
            }
        }

        var indexes = table.Indexes.ToList();
        foreach (var update in updates)
        {
            if (update.Object("Create") is { } create)
            {
                var index = Index(JsonRequest.Of(create), settings.NextIndex, attributes);
                CheckCapacity(Capacity(JsonRequest.Of(create)), settings.IsPaidByRequest, "index");
                indexes.Add(indexes.Exists(one => one.Name == index.Name) ? throw Refused($"Attempting to create an index which already exists: {index.Name}") : index);
            }
            else if (update.Object("Delete") is { } delete)
            {
                indexes.RemoveAt(Global(JsonRequest.Of(delete)));
            }
            else if (update.Object("Update") is { } change)
            {
                var at = Global(JsonRequest.Of(change));
                CheckCapacity(Capacity(JsonRequest.Of(change)), settings.IsPaidByRequest, "index");
                indexes[at] = indexes[at] with { Capacity = Capacity(JsonRequest.Of(change))!.Value };
            }
            else
            {
                throw Refused("One or more parameter values were invalid: An update of an index is one of Create, Update and Delete");
            }
        }

        return indexes.Count(static index => !index.IsLocal) <= MaxGlobal ? indexes : throw new AwsException("LimitExceededException", $"A table has at most {MaxGlobal} global secondary indexes.");

        int Global(JsonRequest named) => indexes.FindIndex(index => !index.IsLocal && index.Name == named.RequiredText("IndexName")) is >= 0 and var at
            ? at
            : throw new AwsException("ResourceNotFoundException", "Requested resource not found");
    }

    private static AwsException Refused(string message) => new("ValidationException", message);
}
