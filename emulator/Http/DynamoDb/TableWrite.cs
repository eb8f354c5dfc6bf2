using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>One write of a request: its condition and its effect on the item.</summary>
internal sealed class TableWrite
{
    private readonly ConditionExpression? _condition;
    private readonly Action<ItemTransaction, ReadOnlyMemory<byte>?> _effect;
    private readonly Projection? _updated;
    private readonly bool _returnsOld;
    private readonly string _returnValues;

    private TableWrite(JsonRequest request, ItemKey key, Scope scope, Action<ItemTransaction, ReadOnlyMemory<byte>?> effect, UpdateExpression? update = null)
    {
        (Key, _effect) = (key, effect);
        _condition = scope.Condition("ConditionExpression");
        scope.ThrowIfUnused();
        _updated = update is null ? null : new Projection(update.Paths);
        _returnsOld = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
        _returnValues = request.Text("ReturnValues") ?? "NONE";
    }

    public ItemKey Key { get; }

    /// <summary>Why the table cannot have such an item; null when it can.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The size of a new item as DynamoDB counts it.</summary>
    public int Bytes { get; private init; }

    public static TableWrite Put(JsonRequest request, ItemTable table)
    {
        var json = request.RequiredObject("Item");
        try
        {
            var item = TableItem.Parse(ItemJson.Item(json), table.Options);
            return new TableWrite(request, new ItemKey(item.PartitionKey, item.SortKey), new Scope(request), (transaction, _) => transaction.Put(item)) { Bytes = item.Bytes };
        }
        catch (ServiceException refused) when (BreaksKey(json, table.Options))
        {
            return new TableWrite(request, default, new Scope(request), static (_, _) => { }) { Refusal = refused.Message };
        }
    }

    public static TableWrite Update(JsonRequest request, ItemTable table)
    {
        var keyJson = request.RequiredObject("Key");
        var (key, refusal) = ReadKey(keyJson, table);
        var scope = new Scope(request);
        var update = scope.Update("UpdateExpression");
        var options = table.Options;
        if (update?.Paths.FirstOrDefault(path => path.Root == options.PartitionKey || path.Root == options.SortKey) is { } changed)
        {
            refusal ??= $"One or more parameter values were invalid: Cannot update attribute {changed.Root}. This attribute is part of the key";
        }

        return new TableWrite(request, key, scope, (transaction, before) => transaction.Put(TableItem.Parse(Updated(keyJson, before, update), options)), update) { Refusal = refusal };
    }

    public static TableWrite Delete(JsonRequest request, ItemTable table)
    {
        var (key, refusal) = ReadKey(request.RequiredObject("Key"), table);
        return new TableWrite(request, key, new Scope(request), (transaction, _) => transaction.Delete(key.Partition, key.Sort)) { Refusal = refusal };
    }

    public static TableWrite Check(JsonRequest request, ItemTable table)
    {
        var (key, refusal) = ReadKey(request.RequiredObject("Key"), table);
        _ = request.RequiredText("ConditionExpression");
        return new TableWrite(request, key, new Scope(request), static (_, _) => { }) { Refusal = refusal };
    }

    /// <summary>Writes if the condition holds.</summary>
    /// <exception cref="AwsException">The update does not fit to the item.</exception>
    /// <exception cref="ServiceException">DynamoDB would refuse the item after the update.</exception>
    public WriteOutcome Apply(ItemTransaction transaction)
    {
        var before = transaction.Get(Key.Partition, Key.Sort);
        if (_condition is not null && !_condition.Holds(ItemJson.Lookup(ItemJson.Attributes(before))))
        {
            return new WriteOutcome(IsRefused: true, _returnsOld ? before : null);
        }

        _effect(transaction, before);
        return new WriteOutcome(IsRefused: false, _returnValues switch
        {
            "ALL_OLD" => before,
            "ALL_NEW" => transaction.Get(Key.Partition, Key.Sort),
            "UPDATED_OLD" => Updated(before),
            "UPDATED_NEW" => Updated(transaction.Get(Key.Partition, Key.Sort)),
            _ => null,
        });
    }

    private static (ItemKey Key, string? Refusal) ReadKey(JsonElement key, ItemTable table)
    {
        try
        {
            return (ItemJson.Key(key, table.Options), null);
        }
        catch (AwsException refused)
        {
            return (default, refused.Message);
        }
    }

    private static bool BreaksKey(JsonElement item, ItemTableOptions table) =>
        table.Keys.Attributes.Any(key => !item.TryGetProperty(key.Name, out var value) || key.Text(value) is null) || table.Indexes.Any(index => index.Fault(item) is not null);

    private static ReadOnlyMemory<byte> Updated(JsonElement key, ReadOnlyMemory<byte>? before, UpdateExpression? update)
    {
        var item = before is { } json ? JsonNode.Parse(json.Span, documentOptions: ItemJson.Reading)!.AsObject() : new JsonObject();
        foreach (var member in key.EnumerateObject().Where(member => !item.ContainsKey(member.Name)))
        {
            item[member.Name] = JsonObject.Create(member.Value);
        }

        update?.Apply(ItemJson.Lookup(ItemJson.Attributes(before)), item);
        return ItemJson.Item(item);
    }

    /// <summary>The updated parts of the item; null when it has none of them.</summary>
    private ReadOnlyMemory<byte>? Updated(ReadOnlyMemory<byte>? item) =>
        _updated?.Of(ItemJson.Attributes(item)) is { Count: > 0 } parts ? ItemJson.Item(parts) : default(ReadOnlyMemory<byte>?);
}

/// <summary>The result of a write.</summary>
/// <param name="IsRefused">True when the condition did not hold.</param>
/// <param name="Item">The item that the request asked for: the one that failed the condition, or the one before or after the write; else null.</param>
internal readonly record struct WriteOutcome(bool IsRefused, ReadOnlyMemory<byte>? Item);
