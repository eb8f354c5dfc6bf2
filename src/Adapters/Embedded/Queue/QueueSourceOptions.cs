namespace DataToEvents.Adapters.Embedded.Queue;

/// <summary>An event source mapping of a queue.</summary>
public sealed record QueueSourceOptions
{
    /// <summary>Lambda: a FIFO queue's batches have 10 messages at most, and no batching window (facts.md, section 2).</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Invocations at once.</summary>
    public int MaximumConcurrency { get; init; } = 64;

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>The function's timeout; Lambda refuses a mapping whose queue hides messages for a shorter time.</summary>
    public required TimeSpan FunctionTimeout { get; init; }

    /// <summary>
    /// When failed messages come back; null leaves them to the queue's visibility timeout, as Lambda does. On a laptop nobody wants to
    /// wait that long.
    /// </summary>
    public TimeSpan? FailedVisibility { get; init; }

    internal void Validate(QueueOptions queue)
    {
        Require(BatchSize is >= 1 and <= 10, "BatchSize must be 1 to 10.");
        Require(MaximumConcurrency is >= 2 and <= 1_000, "MaximumConcurrency must be 2 to 1000.");
        Require(FunctionTimeout <= queue.VisibilityTimeout, $"Queue visibility timeout: {queue.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: {FunctionTimeout.TotalSeconds} seconds");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new QueueException("InvalidParameterValueException", message);
        }
    }
}
