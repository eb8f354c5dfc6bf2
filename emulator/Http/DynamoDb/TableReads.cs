using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>GetItem and BatchGetItem. All reads are consistent.</summary>
internal static class TableReads
{
    /// <summary>Keys in a BatchGetItem. Source: Amazon DynamoDB API Reference, "BatchGetItem".</summary>
    private const int MaxKeys = 100;

    public static async Task GetAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var key = ItemJson.Key(call.RequiredObject("Key"), table.Options);
        var item = await table.GetAsync(key.Partition, key.Sort);
        answer.WriteStartObject();
        if (item is { } found)
        {
            answer.WritePropertyName("Item");
            ItemJson.Write(answer, found, Projection(call));
        }

        answer.WriteEndObject();
    }

    public static async Task BatchGetAsync(JsonRequest call, Func<string, ItemTable> find, Utf8JsonWriter answer)
    {
        var requests = call.RequiredObject("RequestItems").EnumerateObject()
            .Select(member => (member.Name, Table: find(member.Name), Request: JsonRequest.Of(member.Value)))
            .ToList();
        if (requests.Sum(request => request.Request.Array("Keys")?.GetArrayLength() ?? 0) is 0 or > MaxKeys)
        {
            throw new AwsException("ValidationException", $"Too many items requested for the BatchGetItem call, or none; it takes up to {MaxKeys}");
        }

        var found = new List<(string Name, HashSet<string>? Projection, List<ReadOnlyMemory<byte>?> Items)>();
        foreach (var (name, table, request) in requests)
        {
            var keys = request.Objects("Keys").Select(key => ItemJson.Key(key.Json, table.Options)).ToList();
            if (keys.Distinct().Count() < keys.Count)
            {
                throw new AwsException("ValidationException", "Provided list of item keys contains duplicates");
            }

            found.Add((name, Projection(request), await table.TransactAsync(reads => keys.ConvertAll(key => reads.Get(key.Partition, key.Sort)))));
        }

        answer.WriteStartObject();
        answer.WriteStartObject("UnprocessedKeys");
        answer.WriteEndObject();
        answer.WriteStartObject("Responses");
        foreach (var (name, projection, items) in found)
        {
            answer.WriteStartArray(name);
            items.OfType<ReadOnlyMemory<byte>>().ToList().ForEach(item => ItemJson.Write(answer, item, projection));
            answer.WriteEndArray();
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    public static HashSet<string>? Projection(JsonRequest request)
    {
        var scope = new Scope(request);
        return request.Text("ProjectionExpression")?
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(scope.Name)
            .ToHashSet();
    }
}
