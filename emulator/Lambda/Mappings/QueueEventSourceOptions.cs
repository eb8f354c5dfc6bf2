using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Settings of an event source mapping from a queue to a function, with Lambda's names.</summary>
public sealed record QueueEventSourceOptions
{
    /// <summary>1 to 10 messages.</summary>
    public int BatchSize { get; init; } = QueueLimits.MaxBatchEntries;

    /// <summary>How many invocations run at once at most.</summary>
    public int MaximumConcurrency { get; init; } = 64;

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>The function's; Lambda refuses a mapping whose queue has a shorter visibility timeout.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// When failed messages become visible again. Null as with Lambda: when the visibility timeout is over. A shorter time
    /// makes retries on a laptop quicker.
    /// </summary>
    public TimeSpan? FailedVisibility { get; init; }
}
