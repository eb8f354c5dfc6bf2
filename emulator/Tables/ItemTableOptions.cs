namespace DataToEvents.Emulator.Tables;

/// <summary>What a table is created with.</summary>
public sealed record ItemTableOptions
{
    /// <summary>Unique in the database.</summary>
    public required string Name { get; init; }

    /// <summary>The attribute that is the partition key; of type S.</summary>
    public string PartitionKey { get; init; } = "pk";

    /// <summary>The attribute that is the sort key; of type S.</summary>
    public string SortKey { get; init; } = "sk";

    /// <summary>The attribute that holds the time, in epoch seconds, after which an item expires; null: none does.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>Whether the table has a stream of its changes; without one they leave no trace.</summary>
    public bool HasStream { get; init; } = true;

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:dynamodb:{Region}:{AccountId}:table/{Name}";

    /// <summary>DynamoDB: when the stream was enabled.</summary>
    public string StreamLabel { get; init; } = "2026-01-01T00:00:00.000";

    public string StreamArn => $"{Arn}/stream/{StreamLabel}";

    /// <summary>The newest changes are held in memory for the readers of the stream: at most so many ...</summary>
    public int MaxHeldChanges { get; init; } = 4_000;

    /// <summary>... and so many bytes of images.</summary>
    public long MaxHeldBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>DynamoDB's limits (facts 3).</summary>
public static class TableLimits
{
    /// <summary>Names and values of all attributes, in bytes.</summary>
    public const int MaxItemBytes = 409_600;

    public const int MaxPartitionKeyBytes = 2_048;

    public const int MaxSortKeyBytes = 1_024;

    public static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    /// <summary>DynamoDB takes an older time to live for a mistake.</summary>
    public static readonly TimeSpan OldestTimeToLive = TimeSpan.FromDays(5 * 365);
}
