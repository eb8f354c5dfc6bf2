namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>BatchWriteItem: puts and deletes without conditions, each on its own.</summary>
internal static class BatchWrites
{
    /// <summary>Writes in a call. Source: Amazon DynamoDB API Reference, "BatchWriteItem".</summary>
    private const int MaxWrites = 25;

    /// <summary>Bytes of all items in a call. Source: as above.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    public static async Task ExecuteAsync(JsonRequest call, Func<string, ItemTable> find, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        var tables = call.RequiredObject("RequestItems").EnumerateObject().Select(member => (member.Name, Table: find(member.Name), Json: member.Value)).ToList();
        if (tables.Count == 0)
        {
            throw Refused("1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1: The requestItems parameter is required for BatchWriteItem");
        }

        var writes = tables.SelectMany(table => Writes(call, table.Name).Select(json => Read(table.Name, table.Table, json))).ToList();
        if (writes.Count > MaxWrites)
        {
            throw Refused($"Too many items requested for the BatchWriteItem call. Member must have length less than or equal to {MaxWrites}");
        }

        if (writes.Find(static write => write.Write.Refusal is not null)?.Write.Refusal is { } refusal)
        {
            throw Refused(refusal);
        }

        if (writes.DistinctBy(static write => (write.Table, write.Write.Key)).Count() < writes.Count)
        {
            throw Refused("Provided list of item keys contains duplicates");
        }

        if (writes.Sum(static write => (long)write.Write.Bytes) > MaxBytes)
        {
            throw Refused("The total size of the items in the request exceeds 16 MB");
        }

        var held = writes.Where(write => underWay.IsHeld(write.Table, write.Write.Key)).ToHashSet();
        await ItemTable.TransactAsync(
            writes.ConvertAll(static write => write.Table),
            transactions => writes.Where(write => !held.Contains(write)).Select(write => write.Write.Apply(transactions[write.Table])).Count());
        Write(answer, held);
    }

    private static List<JsonRequest> Writes(JsonRequest call, string table)
    {
        var writes = JsonRequest.Of(call.RequiredObject("RequestItems")).Objects(table).ToList();
        return writes.Count is > 0 and <= MaxWrites
            ? writes
            : throw Refused(
                $"1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to {MaxWrites}, Member must have length greater than or equal to 1]");
    }

    private static BatchWrite Read(string name, ItemTable table, JsonRequest write)
    {
        var (put, delete) = (write.Object("PutRequest"), write.Object("DeleteRequest"));
        if (put is null == delete is null)
        {
            throw Refused("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }

        var (kind, json) = put is { } item ? ("PutRequest", item) : ("DeleteRequest", delete!.Value);
        RequestShapes.Actions[kind].Check(kind, json);
        var request = JsonRequest.Of(json);
        return new BatchWrite(name, table, put is null ? TableWrite.Delete(request, table) : TableWrite.Put(request, table), write.Json);
    }

    /// <summary>Items of a transaction that is under way are not written: they come back for another try.</summary>
    private static void Write(Utf8JsonWriter answer, HashSet<BatchWrite> held)
    {
        answer.WriteStartObject();
        answer.WriteStartObject("UnprocessedItems");
        foreach (var table in held.GroupBy(static write => write.Name))
        {
            answer.WriteStartArray(table.Key);
            foreach (var write in table)
            {
                write.Json.WriteTo(answer);
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    private static AwsException Refused(string message) => new("ValidationException", message);

    private sealed record BatchWrite(string Name, ItemTable Table, TableWrite Write, JsonElement Json);
}
