namespace DataToEvents.Emulator.Tables;

/// <summary>The settings of a table.</summary>
public sealed record ItemTableOptions
{
    internal const string BothImages = "NEW_AND_OLD_IMAGES";

    /// <summary>The table's name, unique in the database.</summary>
    public required string Name { get; init; }

    /// <summary>The attribute that is the partition key.</summary>
    public string PartitionKey { get; init; } = "pk";

    public KeyKind PartitionKeyKind { get; init; }

    /// <summary>The attribute that is the sort key; null: there is none.</summary>
    public string? SortKey { get; init; } = "sk";

    public KeyKind SortKeyKind { get; init; }

    /// <summary>The attribute that holds the time, in epoch seconds, after which an item expires; null: items never expire.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>Whether the table has a stream of its changes. Without one, changes are not kept.</summary>
    public bool HasStream { get; init; } = true;

    /// <summary>What the records of the stream show: NEW_AND_OLD_IMAGES, NEW_IMAGE, OLD_IMAGE or KEYS_ONLY.</summary>
    public string StreamViewType { get; init; } = BothImages;

    /// <summary>
    /// How many partitions a new table begins with; its stream has a shard for each of them. On DynamoDB a new on-demand table can take 4,000 write units a second, and a
    /// partition 1,000: it has four. A table that exists keeps its own.
    /// </summary>
    public int Partitions { get; init; } = 1;

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:dynamodb:{Region}:{AccountId}:table/{Name}";

    public DateTimeOffset CreatedAt { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>On DynamoDB, the time at which the stream was enabled. A table without a stream has none that counts.</summary>
    public string StreamLabel { get; init; } = "2026-01-01T00:00:00.000";

    public string StreamArn => $"{Arn}/stream/{StreamLabel}";

    internal KeySchema Keys => new(new KeyAttribute(PartitionKey, PartitionKeyKind), SortKey is null ? null : new KeyAttribute(SortKey, SortKeyKind));

    internal IReadOnlyList<SecondaryIndex> Indexes { get; init; } = [];

    /// <summary>The settings that the client gave when it made the table; null: the program made it.</summary>
    internal TableSettings? OfClient { get; init; }

    /// <summary>How many of the newest changes are held in memory, at most, for the readers of the stream.</summary>
    public int MaxHeldChanges { get; init; } = 4_000;

    /// <summary>How many bytes of images these changes may have.</summary>
    public long MaxHeldBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>DynamoDB's limits (DynamoDB developer guide, "Constraints in Amazon DynamoDB" and "Change data capture for DynamoDB Streams").</summary>
public static class TableLimits
{
    /// <summary>The names and values of an item's attributes: 400 KB.</summary>
    public const int MaxItemBytes = 409_600;

    public const int MaxPartitionKeyBytes = 2_048;

    public const int MaxSortKeyBytes = 1_024;

    public static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    /// <summary>Items whose time to live ended before this are not deleted: DynamoDB assumes a mistake.</summary>
    public static readonly TimeSpan OldestTimeToLive = TimeSpan.FromDays(5 * 365);
}
