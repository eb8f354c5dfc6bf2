using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Scan, DescribeTable and ListTables: what people look at a table with.</summary>
internal static class TableListings
{
    /// <summary>Items of up to 400 KB pass through memory: fewer to a page than DynamoDB's 1 MB may hold.</summary>
    private const int MaxPageItems = 100;

    /// <summary>The start key is a place in the table. SDKs send it back as they got it.</summary>
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
            answer.WriteStartObject("LastEvaluatedKey");
            answer.WriteStartObject(Position);
            answer.WriteString("N", more);
            answer.WriteEndObject();
            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    /// <exception cref="AwsException">A scan here did not make this key. With an item's own key it would begin anew, and its client would read items twice.</exception>
    private static string PositionIn(JsonElement start) =>
        start.GetPropertyCount() == 1 && start.TryGetProperty(Position, out var position) && position.ValueKind == JsonValueKind.Object
        && position.TryGetProperty("N", out var number) && number.GetString() is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? text
            : throw new AwsException("ValidationException", "The provided starting key is invalid: a Scan goes on from the LastEvaluatedKey of a Scan only.");

    public static async Task DescribeAsync(ItemTable table, Utf8JsonWriter answer)
    {
        var count = await table.CountAsync();
        answer.WriteStartObject();
        answer.WriteStartObject("Table");
        answer.WriteString("TableName", table.Options.Name);
        answer.WriteString("TableArn", table.Options.Arn);
        answer.WriteString("TableStatus", "ACTIVE");
        answer.WriteNumber("ItemCount", count);
        if (table.Options.HasStream)
        {
            answer.WriteString("LatestStreamArn", table.Options.StreamArn);
            answer.WriteStartObject("StreamSpecification");
            answer.WriteBoolean("StreamEnabled", true);
            answer.WriteString("StreamViewType", "NEW_AND_OLD_IMAGES");
            answer.WriteEndObject();
        }

        WriteKeySchema(answer, table.Options);
        answer.WriteStartArray("AttributeDefinitions");
        WriteKey(answer, "AttributeName", table.Options.PartitionKey, "AttributeType", "S");
        WriteKey(answer, "AttributeName", table.Options.SortKey, "AttributeType", "S");
        answer.WriteEndArray();
        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    public static Task ListAsync(IEnumerable<string> names, Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("TableNames");
        foreach (var name in names)
        {
            answer.WriteStringValue(name);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    public static void WriteKeySchema(Utf8JsonWriter answer, ItemTableOptions table)
    {
        answer.WriteStartArray("KeySchema");
        WriteKey(answer, "AttributeName", table.PartitionKey, "KeyType", "HASH");
        WriteKey(answer, "AttributeName", table.SortKey, "KeyType", "RANGE");
        answer.WriteEndArray();
    }

    private static void WriteKey(Utf8JsonWriter answer, string firstName, string first, string secondName, string second)
    {
        answer.WriteStartObject();
        answer.WriteString(firstName, first);
        answer.WriteString(secondName, second);
        answer.WriteEndObject();
    }
}
