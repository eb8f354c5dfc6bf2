using DataToEvents.Adapters.Embedded.Doors.DynamoDb.Expressions;
using DataToEvents.Adapters.Embedded.Doors.Json;
using DataToEvents.Adapters.Embedded.Tables;

namespace DataToEvents.Adapters.Embedded.Doors.DynamoDb;

/// <summary>One write of a request: its condition and its effect on the item.</summary>
internal sealed class TableWrite
{
    private readonly Condition? _condition;
    private readonly Action<TableSession, ReadOnlyMemory<byte>?> _effect;
    private readonly bool _returnsOld;

    private TableWrite(JsonRequest request, (string Pk, string Sk) key, Scope scope, Action<TableSession, ReadOnlyMemory<byte>?> effect)
    {
        (Key, _effect) = (key, effect);
        _condition = request.Text("ConditionExpression") is { } condition ? ConditionParser.Parse(condition, scope) : null;
        _returnsOld = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
    }

    public (string Pk, string Sk) Key { get; }

    public static TableWrite Put(JsonRequest request, Table table)
    {
        var item = ItemJson.Item(request.RequiredObject("Item"), table);
        return new TableWrite(request, (item.Pk, item.Sk), new Scope(request), (session, _) => session.Put(item));
    }

    public static TableWrite Update(JsonRequest request, Table table)
    {
        var key = request.RequiredObject("Key");
        var scope = new Scope(request);
        var update = UpdateExpression.Parse(request.Text("UpdateExpression") ?? "", scope);
        return new TableWrite(request, ItemJson.Key(key), scope, (session, before) =>
        {
            var attributes = ItemJson.Attributes(before);
            foreach (var member in key.EnumerateObject())
            {
                attributes.TryAdd(member.Name, member.Value);
            }

            update.Apply(attributes);
            session.Put(ItemJson.Item(attributes, table));
        });
    }

    public static TableWrite Delete(JsonRequest request)
    {
        var key = ItemJson.Key(request.RequiredObject("Key"));
        return new TableWrite(request, key, new Scope(request), (session, _) => session.Delete(key.Pk, key.Sk));
    }

    public static TableWrite Check(JsonRequest request) =>
        new(request, ItemJson.Key(request.RequiredObject("Key")), new Scope(request), static (_, _) => { });

    /// <summary>Writes if the condition holds.</summary>
    public WriteOutcome Apply(TableSession session)
    {
        var before = session.Get(Key.Pk, Key.Sk);
        if (_condition is not null)
        {
            var attributes = ItemJson.Attributes(before);
            if (!_condition.Holds(name => attributes.TryGetValue(name, out var value) ? value : null))
            {
                return new WriteOutcome(IsRefused: true, _returnsOld ? before : null);
            }
        }

        _effect(session, before);
        return default;
    }
}

/// <param name="IsRefused">The condition did not hold.</param>
/// <param name="Item">The item that stands in the way, if the request asked for it.</param>
internal readonly record struct WriteOutcome(bool IsRefused, ReadOnlyMemory<byte>? Item);
