namespace DataToEvents.Emulator.Tables;

/// <summary>The options of a client's table as JSON, as the database stores them.</summary>
internal static class TableDefinition
{
    public static string Write(ItemTableOptions table)
    {
        var settings = table.OfClient!;
        return new JsonObject
        {
            ["name"] = table.Name,
            ["id"] = settings.Id,
            ["keys"] = Keys(table.Keys),
            ["createdAt"] = table.CreatedAt.ToUnixTimeMilliseconds(),
            ["region"] = table.Region,
            ["account"] = table.AccountId,
            ["stream"] = table.HasStream ? table.StreamViewType : null,
            ["streamLabel"] = table.StreamLabel,
            ["capacity"] = Capacity(settings.Capacity),
            ["byRequest"] = settings.IsPaidByRequest,
            ["warm"] = settings.Warm is { } warm ? Capacity(warm) : null,
            ["protected"] = settings.IsProtected,
            ["nextIndex"] = settings.NextIndex,
            ["timeToLive"] = table.TimeToLiveAttribute,
            ["tags"] = new JsonObject(settings.Tags.Select(static tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            ["indexes"] = new JsonArray([.. table.Indexes.Select(static index => new JsonObject
            {
                ["name"] = index.Name,
                ["number"] = index.Number,
                ["keys"] = Keys(index.Keys),
                ["local"] = index.IsLocal,
                ["projection"] = index.Projection,
                ["attributes"] = new JsonArray([.. index.NonKeyAttributes]),
                ["capacity"] = Capacity(index.Capacity),
            })]),
        }.ToJsonString();
    }

    public static ItemTableOptions Read(string text)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        var keys = Keys(json["keys"]!);
        return new ItemTableOptions
        {
            Name = (string)json["name"]!,
            PartitionKey = keys.Partition.Name,
            PartitionKeyKind = keys.Partition.Kind,
            SortKey = keys.Sort?.Name,
            SortKeyKind = keys.Sort?.Kind ?? KeyKind.S,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)json["createdAt"]!),
            Region = (string)json["region"]!,
            AccountId = (string)json["account"]!,
            HasStream = json["stream"] is not null,
            StreamViewType = (string?)json["stream"] ?? ItemTableOptions.BothImages,
            StreamLabel = (string)json["streamLabel"]!,
            TimeToLiveAttribute = (string?)json["timeToLive"],
            OfClient = new TableSettings((string)json["id"]!)
            {
                Capacity = Capacity(json["capacity"]!),
                IsPaidByRequest = (bool)json["byRequest"]!,
                Warm = json["warm"] is { } warm ? Capacity(warm) : null,
                IsProtected = (bool)json["protected"]!,
                NextIndex = (int)json["nextIndex"]!,
                Tags = (json["tags"] as JsonObject ?? []).ToDictionary(static tag => tag.Key, static tag => (string)tag.Value!),
            },
            Indexes = [.. json["indexes"]!.AsArray().Select(static index => new SecondaryIndex((string)index!["name"]!, (int)index["number"]!, Keys(index["keys"]!))
            {
                IsLocal = (bool)index["local"]!,
                Projection = (string)index["projection"]!,
                NonKeyAttributes = [.. index["attributes"]!.AsArray().Select(static name => (string)name!)],
                Capacity = Capacity(index["capacity"]!),
            })],
        };
    }

    private static JsonArray Keys(KeySchema keys) => new([.. keys.Attributes.Select(static key => new JsonObject { ["name"] = key.Name, ["kind"] = $"{key.Kind}" })]);

    private static KeySchema Keys(JsonNode keys)
    {
        var read = keys.AsArray().Select(static key => new KeyAttribute((string)key!["name"]!, Enum.Parse<KeyKind>((string)key["kind"]!))).ToList();
        return new KeySchema(read[0], read.ElementAtOrDefault(1));
    }

    private static JsonObject Capacity(CapacityUnits units) => new() { ["read"] = units.Read, ["write"] = units.Write };

    private static CapacityUnits Capacity(JsonNode units) => new((long)units["read"]!, (long)units["write"]!);
}
