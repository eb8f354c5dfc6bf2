namespace DataToEvents.Emulator.Queues;

/// <summary>What a queue is created with; the defaults are SQS's.</summary>
public sealed record QueueOptions
{
    /// <summary>Unique in the database; a FIFO queue's ends in <c>.fifo</c>.</summary>
    public required string Name { get; init; }

    public bool Fifo { get; init; } = true;

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:sqs:{Region}:{AccountId}:{Name}";

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>SQS's MaximumMessageSize: bytes of one message.</summary>
    public int MaxMessageBytes { get; init; } = QueueLimits.MaxBatchBytes;

    /// <summary>Null: a message is received again for as long as it is retained.</summary>
    public RedrivePolicy? Redrive { get; init; }

    /// <summary>Bodies beyond this many waiting messages stay on disk until they are received.</summary>
    public int MaxHeldBodies { get; init; } = 20_000;

    /// <summary>The same limit in bytes.</summary>
    public long MaxHeldBytes { get; init; } = 64 * 1024 * 1024;

    internal void Validate()
    {
        if (Fifo != Name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw new QueueException("InvalidParameterValue", "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }

        if (MaxMessageBytes is < QueueLimits.MinMaxMessageBytes or > QueueLimits.MaxBatchBytes)
        {
            throw new QueueException("InvalidAttributeValue", "Invalid value for the parameter MaximumMessageSize.");
        }

        if (Redrive is { } redrive && (redrive.DeadLetterQueue.Options.Fifo != Fifo || redrive.MaxReceiveCount is < 1 or > 1000))
        {
            throw new QueueException("InvalidParameterValue", "Value for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source, and maxReceiveCount 1 to 1000.");
        }
    }
}

/// <param name="DeadLetterQueue">Of the same type as the queue itself.</param>
/// <param name="MaxReceiveCount">Receives after which a message that comes back is moved instead of being received again.</param>
public sealed record RedrivePolicy(MessageQueue DeadLetterQueue, int MaxReceiveCount);
