namespace DataToEvents.Emulator.Tables;

/// <summary>The outcome of putting an item. What it reports as written is durable.</summary>
public abstract record PutOutcome
{
    private PutOutcome()
    {
    }

    /// <summary>There was no item with that key.</summary>
    public sealed record Inserted : PutOutcome
    {
        internal static readonly Inserted Instance = new();
    }

    /// <summary>There is an item with that key, and it was left as it was.</summary>
    /// <param name="Item">The item in DynamoDB's JSON, as UTF-8.</param>
    public sealed record AlreadyExists(ReadOnlyMemory<byte> Item) : PutOutcome;

    /// <summary>The item took the place of another one.</summary>
    /// <param name="Item">The other one, in DynamoDB's JSON, as UTF-8.</param>
    public sealed record Replaced(ReadOnlyMemory<byte> Item) : PutOutcome;

    /// <summary>DynamoDB would refuse the item.</summary>
    public sealed record Invalid(string Code, string Message) : PutOutcome;
}

/// <summary>One page of a query or a scan.</summary>
/// <param name="Items">The items in DynamoDB's JSON, as UTF-8.</param>
/// <param name="Next">The key after which the next page starts; null on the last page.</param>
public sealed record ItemPage(IReadOnlyList<ReadOnlyMemory<byte>> Items, string? Next);
