using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>GetItem, BatchGetItem and TransactGetItems. All reads are consistent.</summary>
internal static class TableReads
{
    /// <summary>Keys in a BatchGetItem. Source: Amazon DynamoDB API Reference, "BatchGetItem".</summary>
    private const int MaxKeys = 100;

    /// <summary>Items in a response of BatchGetItem. Source: Amazon DynamoDB API Reference, "BatchGetItem".</summary>
    private const int MaxResponseBytes = 16 * 1024 * 1024;

    public static async Task GetAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var key = ItemJson.Key(call.RequiredObject("Key"), table.Options);
        var projection = Projection(call);
        WriteItem(answer, await table.GetAsync(key.Partition, key.Sort), projection);
    }

    public static async Task BatchGetAsync(JsonRequest call, Func<string, ItemTable> find, Utf8JsonWriter answer)
    {
        var requests = call.RequiredObject("RequestItems").EnumerateObject()
            .Select(member => (member.Name, Table: find(member.Name), Request: JsonRequest.Of(member.Value)))
            .ToList();
        if (requests.Count == 0)
        {
            throw Refused("1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1: The requestItems parameter is required for BatchGetItem");
        }

        var reads = requests.ConvertAll(static request => (request.Name, request.Table, Keys: Keys(request.Name, request.Table, request.Request), Projection: Projection(request.Request)));
        if (reads.Sum(static read => read.Keys.Count) > MaxKeys)
        {
            throw Refused($"Too many items requested for the BatchGetItem call. Member must have length less than or equal to {MaxKeys}");
        }

        var found = await ItemTable.TransactAsync(
            requests.ConvertAll(static request => request.Table),
            tables => reads.ConvertAll(read => read.Keys.ConvertAll(key => tables[read.Table].Get(key.Key.Partition, key.Key.Sort))));
        var unread = Write(answer, reads, found);
        answer.WriteStartObject("UnprocessedKeys");
        foreach (var (name, keys) in unread)
        {
            answer.WritePropertyName(name);
            WriteUnread(answer, requests.Find(request => request.Name == name).Request.Json, keys);
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    public static async Task TransactGetAsync(JsonRequest call, Func<JsonRequest, ItemTable> find, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        var gets = TransactionItems.Read(call, item => Get(item, find));
        TransactionItems.ThrowIfRefused(gets.ConvertAll(static get => get.Refusal));
        TransactionItems.ThrowIfTwice(gets.ConvertAll(static get => (get.Table, get.Key)));
        TransactionItems.ThrowIfHeld(gets.ConvertAll(get => underWay.IsHeld(get.Table, get.Key)));
        var found = await ItemTable.TransactAsync(gets.ConvertAll(static get => get.Table), tables => gets.ConvertAll(get => tables[get.Table].Get(get.Key.Partition, get.Key.Sort)));
        TransactionItems.ThrowIfTooLarge(found.Sum(static item => item?.Length ?? 0L));
        answer.WriteStartObject();
        answer.WriteStartArray("Responses");
        for (var i = 0; i < gets.Count; i++)
        {
            WriteItem(answer, found[i], gets[i].Projection);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static List<(ItemKey Key, JsonElement Json)> Keys(string name, ItemTable table, JsonRequest request)
    {
        var keys = request.Objects("Keys").Select(key => (Key: ItemJson.Key(key.Json, table.Options), key.Json)).ToList();
        return keys.Count switch
        {
            0 => throw Refused($"1 validation error detected: Value at 'requestItems.{name}.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            > MaxKeys => throw Refused($"1 validation error detected: Value at 'RequestItems.{name}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to {MaxKeys}"),
            _ => keys.DistinctBy(static key => key.Key).Count() == keys.Count ? keys : throw Refused("Provided list of item keys contains duplicates"),
        };
    }

    /// <returns>The keys whose items the response has no room for, by table.</returns>
    private static Dictionary<string, List<JsonElement>> Write(
        Utf8JsonWriter answer,
        List<(string Name, ItemTable Table, List<(ItemKey Key, JsonElement Json)> Keys, Projection? Projection)> reads,
        List<List<ReadOnlyMemory<byte>?>> found)
    {
        var unread = new Dictionary<string, List<JsonElement>>();
        var bytes = 0L;
        answer.WriteStartObject();
        answer.WriteStartObject("Responses");
        for (var i = 0; i < reads.Count; i++)
        {
            answer.WriteStartArray(reads[i].Name);
            for (var key = 0; key < reads[i].Keys.Count; key++)
            {
                if (found[i][key] is not { } item)
                {
                    continue;
                }

                bytes += item.Length;
                if (bytes <= MaxResponseBytes)
                {
                    ItemJson.Write(answer, item, reads[i].Projection);
                }
                else
                {
                    (unread.TryGetValue(reads[i].Name, out var keys) ? keys : unread[reads[i].Name] = []).Add(reads[i].Keys[key].Json);
                }
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
        return unread;
    }

    /// <summary>Writes a table's part of the request again, with these keys only.</summary>
    private static void WriteUnread(Utf8JsonWriter answer, JsonElement request, List<JsonElement> keys)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Keys");
        keys.ForEach(key => key.WriteTo(answer));
        answer.WriteEndArray();
        foreach (var member in request.EnumerateObject().Where(static member => member.Name != "Keys"))
        {
            member.WriteTo(answer);
        }

        answer.WriteEndObject();
    }

    private static ItemGet Get(JsonRequest item, Func<JsonRequest, ItemTable> find)
    {
        if (item.Object("Get") is not { } get || item.Json.GetPropertyCount() != 1)
        {
            throw Refused("TransactItems can only contain Get");
        }

        var request = JsonRequest.Of(get);
        RequestShapes.Actions["Get"].Check("Get", get);
        var table = find(request);
        var projection = Projection(request);
        try
        {
            return new ItemGet(table, ItemJson.Key(request.RequiredObject("Key"), table.Options), projection, null);
        }
        catch (AwsException refused)
        {
            return new ItemGet(table, default, projection, refused.Message);
        }
    }

    private static Projection? Projection(JsonRequest request)
    {
        var scope = new Scope(request);
        var projection = scope.Projection();
        scope.ThrowIfUnused();
        return projection;
    }

    private static void WriteItem(Utf8JsonWriter answer, ReadOnlyMemory<byte>? item, Projection? projection)
    {
        answer.WriteStartObject();
        if (item is { } found)
        {
            answer.WritePropertyName("Item");
            ItemJson.Write(answer, found, projection);
        }

        answer.WriteEndObject();
    }

    private static AwsException Refused(string message) => new("ValidationException", message);

    /// <param name="Table">The item's table.</param>
    /// <param name="Key">The item's key.</param>
    /// <param name="Projection">The parts that are asked for; null for all.</param>
    /// <param name="Refusal">Why the key is not one of the table's; null when it is.</param>
    private sealed record ItemGet(ItemTable Table, ItemKey Key, Projection? Projection, string? Refusal);
}
