using System.Text.Json;
using DataToEvents.Adapters.Embedded.Doors.DynamoDb.Expressions;
using DataToEvents.Adapters.Embedded.Doors.Json;
using DataToEvents.Adapters.Embedded.Tables;

namespace DataToEvents.Adapters.Embedded.Doors.DynamoDb;

/// <summary>GetItem, BatchGetItem and Query. All reads are consistent.</summary>
internal static class TableReads
{
    /// <summary>DynamoDB: keys of a BatchGetItem.</summary>
    private const int MaxKeys = 100;

    /// <summary>DynamoDB: a page of a query is at most 1 MB.</summary>
    private const int MaxPageBytes = 1024 * 1024;

    private const int MaxPageItems = 1_000;

    public static async Task GetAsync(Table table, JsonRequest call, Utf8JsonWriter answer)
    {
        var (pk, sk) = ItemJson.Key(call.RequiredObject("Key"));
        var item = await table.GetAsync(pk, sk);
        answer.WriteStartObject();
        if (item is { } found)
        {
            answer.WritePropertyName("Item");
            ItemJson.Write(answer, found, Projection(call));
        }

        answer.WriteEndObject();
    }

    public static async Task BatchGetAsync(JsonRequest call, Func<string, Table> find, Utf8JsonWriter answer)
    {
        var tables = call.RequiredObject("RequestItems").EnumerateObject().Select(member => (member.Name, Request: JsonRequest.Of(member.Value))).ToList();
        if (tables.Sum(table => table.Request.Array("Keys")?.GetArrayLength() ?? 0) is 0 or > MaxKeys)
        {
            throw new AwsException("ValidationException", $"Too many items requested for the BatchGetItem call, or none; it takes up to {MaxKeys}");
        }

        answer.WriteStartObject();
        answer.WriteStartObject("UnprocessedKeys");
        answer.WriteEndObject();
        answer.WriteStartObject("Responses");
        foreach (var (name, request) in tables)
        {
            await WriteItemsAsync(find(name), name, request, answer);
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    public static async Task QueryAsync(Table table, JsonRequest call, Utf8JsonWriter answer)
    {
        var scope = new Scope(call);
        var condition = ConditionParser.Parse(call.Text("KeyConditionExpression") ?? "", scope);
        var filter = call.Text("FilterExpression") is { } expression ? ConditionParser.Parse(expression, scope) : null;
        var key = KeyCondition.Of(condition);
        var isDescending = call.Json.TryGetProperty("ScanIndexForward", out var forward) && forward.ValueKind == JsonValueKind.False;
        var start = call.Object("ExclusiveStartKey") is { } exclusive ? ItemJson.Key(exclusive).Sk : null;
        var (from, to) = (isDescending ? key.From : start ?? key.From, isDescending ? start ?? key.To : key.To);
        var limit = Math.Min(call.Number("Limit") ?? MaxPageItems, MaxPageItems);

        // One for the start key itself, which is not wanted again, and one that tells whether there are more.
        var items = await table.QueryAsync(key.Pk, from, to, limit + 2, isDescending);
        var page = new QueryPage(items.Where(item => item.Sk != start && condition.Holds(In(item))), limit, MaxPageBytes);
        var projection = Projection(call);
        answer.WriteStartObject();
        answer.WriteStartArray("Items");
        var shown = page.Items.Where(item => filter?.Holds(In(item)) ?? true).ToList();
        shown.ForEach(item => ItemJson.Write(answer, item.Json, projection));
        answer.WriteEndArray();
        answer.WriteNumber("Count", shown.Count);
        answer.WriteNumber("ScannedCount", page.Items.Count);
        if (page.HasMore)
        {
            ItemJson.WriteKey(answer, "LastEvaluatedKey", page.Items[^1].Pk, page.Items[^1].Sk);
        }

        answer.WriteEndObject();
    }

    private static async Task WriteItemsAsync(Table table, string name, JsonRequest request, Utf8JsonWriter answer)
    {
        var keys = request.Objects("Keys").Select(key => ItemJson.Key(key.Json)).ToList();
        var items = await table.WriteAsync(session => keys.ConvertAll(key => session.Get(key.Pk, key.Sk)));
        var projection = Projection(request);
        answer.WriteStartArray(name);
        foreach (var item in items.OfType<ReadOnlyMemory<byte>>())
        {
            ItemJson.Write(answer, item, projection);
        }

        answer.WriteEndArray();
    }

    private static Attributes In(TableItem item)
    {
        var attributes = ItemJson.Attributes(item.Json);
        return name => attributes.TryGetValue(name, out var value) ? value : null;
    }

    private static HashSet<string>? Projection(JsonRequest request)
    {
        var scope = new Scope(request);
        return request.Text("ProjectionExpression")?
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(scope.Name)
            .ToHashSet();
    }
}

/// <summary>As many items as fit into an answer, and whether that left some out.</summary>
internal sealed class QueryPage
{
    public QueryPage(IEnumerable<TableItem> items, int limit, int maxBytes)
    {
        var bytes = 0;
        foreach (var item in items)
        {
            bytes += item.Json.Length;
            if (Items.Count == limit || (Items.Count > 0 && bytes > maxBytes))
            {
                HasMore = true;
                return;
            }

            Items.Add(item);
        }
    }

    public List<TableItem> Items { get; } = [];

    public bool HasMore { get; }
}
