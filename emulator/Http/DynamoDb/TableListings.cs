namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Scan, DescribeTable and ListTables.</summary>
internal static class TableListings
{
    /// <summary>Items of up to 400 KB are read into memory, so a page may have fewer items than DynamoDB's 1 MB could hold.</summary>
    private const int MaxPageItems = 100;

    /// <summary>The start key is a position in the table. SDKs send it back unchanged.</summary>
    private const string Position = "position";

    public static async Task ScanAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var after = call.Object("ExclusiveStartKey") is { } start ? PositionIn(start) : null;
        var (items, next) = await table.ScanAsync(after, Math.Clamp(call.Number("Limit") ?? MaxPageItems, 1, MaxPageItems));
        answer.WriteStartObject();
        if (call.Text("Select") != "COUNT")
        {
            answer.WriteStartArray("Items");
            foreach (var item in items)
            {
                ItemJson.Write(answer, item);
            }

            answer.WriteEndArray();
        }

        answer.WriteNumber("Count", items.Count);
        answer.WriteNumber("ScannedCount", items.Count);
        if (next is { } more)
        {
            answer.WritePropertyName("LastEvaluatedKey");
            new JsonObject { [Position] = new JsonObject { ["N"] = more } }.WriteTo(answer);
        }

        answer.WriteEndObject();
    }

    /// <exception cref="AwsException">No scan here returned this key. With an item's own key the scan would start again, and the client would read items twice.</exception>
    private static string PositionIn(JsonElement start) =>
        start.GetPropertyCount() == 1 && start.TryGetProperty(Position, out var position) && position.ValueKind == JsonValueKind.Object
        && position.TryGetProperty("N", out var number) && number.GetString() is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? text
            : throw new AwsException("ValidationException", "The provided starting key is invalid: a Scan goes on from the LastEvaluatedKey of a Scan only.");

    public static async Task DescribeAsync(ItemTable table, Utf8JsonWriter answer)
    {
        var description = new JsonObject
        {
            ["TableName"] = table.Options.Name,
            ["TableArn"] = table.Options.Arn,
            ["TableStatus"] = "ACTIVE",
            ["ItemCount"] = await table.CountAsync(),
        };
        if (table.Options.HasStream)
        {
            description["LatestStreamArn"] = table.Options.StreamArn;
            description["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = "NEW_AND_OLD_IMAGES" };
        }

        description["KeySchema"] = KeySchema(table.Options);
        description["AttributeDefinitions"] = Attributes(table.Options, "AttributeType", "S", "S");
        new JsonObject { ["Table"] = description }.WriteTo(answer);
    }

    public static Task ListAsync(IEnumerable<string> names, Utf8JsonWriter answer)
    {
        new JsonObject { ["TableNames"] = new JsonArray([.. names]) }.WriteTo(answer);
        return Task.CompletedTask;
    }

    public static JsonArray KeySchema(ItemTableOptions table) => Attributes(table, "KeyType", "HASH", "RANGE");

    private static JsonArray Attributes(ItemTableOptions table, string member, string partition, string sort) => new(
        new JsonObject { ["AttributeName"] = table.PartitionKey, [member] = partition },
        new JsonObject { ["AttributeName"] = table.SortKey, [member] = sort });
}
