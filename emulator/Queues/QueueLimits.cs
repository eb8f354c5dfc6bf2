namespace DataToEvents.Emulator.Queues;

/// <summary>SQS's limits (facts 2).</summary>
public static class QueueLimits
{
    public const int MaxBatchEntries = 10;

    /// <summary>Of one message and of a batch, in bytes.</summary>
    public const int MaxBatchBytes = 1_048_576;

    /// <summary>The least that MaximumMessageSize may be set to.</summary>
    public const int MinMaxMessageBytes = 1_024;

    public const int MaxIdLength = 128;

    public const int MaxEntryIdLength = 80;

    public const int MaxInFlight = 120_000;

    public static readonly TimeSpan MaxVisibility = TimeSpan.FromHours(12);

    public static readonly TimeSpan DeduplicationWindow = TimeSpan.FromMinutes(5);
}
