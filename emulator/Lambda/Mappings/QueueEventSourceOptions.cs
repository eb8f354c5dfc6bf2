using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The settings of an event source mapping from a queue to a function, with Lambda's names.</summary>
public sealed record QueueEventSourceOptions
{
    /// <summary>1 to 10 messages.</summary>
    public int BatchSize { get; init; } = QueueLimits.MaxBatchEntries;

    /// <summary>The largest number of invocations at once.</summary>
    public int MaximumConcurrency { get; init; } = 64;

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>The function's timeout. Lambda refuses a mapping whose queue has a shorter visibility timeout.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time after which failed messages become visible again. Null, as with Lambda: when their visibility timeout is over. A shorter time
    /// makes retries on a laptop quicker.
    /// </summary>
    public TimeSpan? FailedVisibility { get; init; }

    /// <summary>
    /// Says of a message id whether the message cannot be deleted though its function succeeded. SQS then delivers the message again. Null: all can be
    /// deleted. For tests.
    /// </summary>
    public Func<Guid, bool>? DeleteFails { get; init; }
}
