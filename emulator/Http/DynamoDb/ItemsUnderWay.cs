namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>
/// The items that transactions are writing. DynamoDB does not queue a transaction that meets another one: it cancels it (Amazon DynamoDB Developer Guide,
/// "Amazon DynamoDB Transactions: How it works", "Transaction conflict handling").
/// </summary>
internal sealed class ItemsUnderWay
{
    public const string Message = "Transaction is ongoing for the item";

    private readonly HashSet<(ItemTable Table, ItemKey Key)> _held = [];
    private readonly Lock _gate = new();

    public bool IsHeld(ItemTable table, ItemKey key)
    {
        lock (_gate)
        {
            return _held.Contains((table, key));
        }
    }

    /// <summary>Holds all items, or none if another transaction holds one of them.</summary>
    /// <returns>For each item whether another transaction holds it; null when all are held now.</returns>
    public bool[]? TryHold(IReadOnlyList<(ItemTable Table, ItemKey Key)> items)
    {
        lock (_gate)
        {
            if (items.Any(_held.Contains))
            {
                return [.. items.Select(_held.Contains)];
            }

            _held.UnionWith(items);
            return null;
        }
    }

    public void Release(IReadOnlyList<(ItemTable Table, ItemKey Key)> items)
    {
        lock (_gate)
        {
            _held.ExceptWith(items);
        }
    }
}
