namespace DataToEvents.Emulator.Tables;

/// <summary>What putting an item came to. All that is reported as done is durable.</summary>
public abstract record PutOutcome
{
    private PutOutcome()
    {
    }

    public static PutOutcome Done { get; } = new Inserted();

    /// <summary>There was no item with that key.</summary>
    public sealed record Inserted : PutOutcome;

    /// <summary>The item with that key stands as it was.</summary>
    /// <param name="Item">In DynamoDB's JSON, as UTF-8.</param>
    public sealed record AlreadyExists(ReadOnlyMemory<byte> Item) : PutOutcome;

    /// <summary>The item took the place of another one.</summary>
    /// <param name="Item">The one that was there before.</param>
    public sealed record Replaced(ReadOnlyMemory<byte> Item) : PutOutcome;

    /// <summary>DynamoDB would refuse the item.</summary>
    public sealed record Invalid(string Code, string Message) : PutOutcome;
}

/// <summary>Who deletes an item: told apart in the stream.</summary>
public enum DeleteReason
{
    User,
    TimeToLive,
}

/// <param name="Items">In DynamoDB's JSON, as UTF-8.</param>
/// <param name="Next">Where the next page starts; null: there is none.</param>
public sealed record ItemPage(IReadOnlyList<ReadOnlyMemory<byte>> Items, string? Next);
