using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>One write of a request: its condition and its effect on the item.</summary>
internal sealed class TableWrite
{
    private readonly ConditionExpression? _condition;
    private readonly Action<ItemTransaction, ReadOnlyMemory<byte>?> _effect;
    private readonly bool _returnsOld;
    private readonly string _returnValues;

    private TableWrite(JsonRequest request, ItemKey key, Scope scope, Action<ItemTransaction, ReadOnlyMemory<byte>?> effect)
    {
        (Key, _effect) = (key, effect);
        _condition = request.Text("ConditionExpression") is { } condition ? ConditionParser.Parse(condition, scope) : null;
        _returnsOld = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
        _returnValues = request.Text("ReturnValues") ?? "NONE";
        if (_returnValues is not ("NONE" or "ALL_OLD" or "ALL_NEW"))
        {
            throw new AwsException("ValidationException", $"ReturnValues {_returnValues} is not supported here: NONE, ALL_OLD and ALL_NEW are.");
        }
    }

    public ItemKey Key { get; }

    public static TableWrite Put(JsonRequest request, ItemTable table)
    {
        var item = TableItem.Parse(ItemJson.Item(request.RequiredObject("Item")), table.Options);
        return new TableWrite(request, new ItemKey(item.PartitionKey, item.SortKey), new Scope(request), (transaction, _) => transaction.Put(item));
    }

    public static TableWrite Update(JsonRequest request, ItemTable table)
    {
        var key = request.RequiredObject("Key");
        var scope = new Scope(request);
        var update = UpdateExpression.Parse(request.Text("UpdateExpression") ?? "", scope);
        return new TableWrite(request, ItemJson.Key(key, table.Options), scope, (transaction, before) =>
        {
            var attributes = ItemJson.Attributes(before);
            foreach (var member in key.EnumerateObject())
            {
                attributes.TryAdd(member.Name, member.Value);
            }

            update.Apply(attributes);
            transaction.Put(TableItem.Parse(ItemJson.Item(attributes), table.Options));
        });
    }

    public static TableWrite Delete(JsonRequest request, ItemTable table)
    {
        var key = ItemJson.Key(request.RequiredObject("Key"), table.Options);
        return new TableWrite(request, key, new Scope(request), (transaction, _) => transaction.Delete(key.Partition, key.Sort));
    }

    public static TableWrite Check(JsonRequest request, ItemTable table) =>
        new(request, ItemJson.Key(request.RequiredObject("Key"), table.Options), new Scope(request), static (_, _) => { });

    /// <summary>Writes if the condition holds.</summary>
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
            _ => null,
        });
    }
}

/// <summary>The result of a write.</summary>
/// <param name="IsRefused">True when the condition did not hold.</param>
/// <param name="Item">The item that the request asked for: the one that failed the condition, or the one before or after the write; else null.</param>
internal readonly record struct WriteOutcome(bool IsRefused, ReadOnlyMemory<byte>? Item);
