namespace DataToEvents.Emulator.Queues;

/// <summary>The limits of SQS. Source: docs/facts.md, section 2.</summary>
public static class QueueLimits
{
    public const int MaxBatchEntries = 10;

    /// <summary>The bytes of one message, and of all messages of a batch.</summary>
    public const int MaxBatchBytes = 1_048_576;

    /// <summary>The lowest value of MaximumMessageSize, in bytes.</summary>
    public const int MinMaxMessageBytes = 1_024;

    /// <summary>Characters of a group id and of a deduplication id.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Characters of the id of a batch entry.</summary>
    public const int MaxEntryIdLength = 80;

    /// <summary>Source: Amazon SQS API Reference, "SendMessage".</summary>
    public const int MaxDelaySeconds = 900;

    /// <summary>Messages in flight in one queue.</summary>
    public const int MaxInFlight = 120_000;

    /// <summary>
    /// The oldest messages of a FIFO queue in which SQS looks for message groups. Source: Amazon SQS Developer Guide, "Avoid large message backlogs
    /// with the same message group ID in Amazon SQS".
    /// </summary>
    public const int MaxLookAhead = 120_000;

    public static readonly TimeSpan MaxVisibility = TimeSpan.FromHours(12);

    public static readonly TimeSpan DeduplicationWindow = TimeSpan.FromMinutes(5);
}
