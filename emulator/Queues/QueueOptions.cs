namespace DataToEvents.Emulator.Queues;

/// <summary>The settings of a queue. The defaults are those of SQS.</summary>
public sealed record QueueOptions
{
    /// <summary>The name, unique in the database. That of a FIFO queue ends in <c>.fifo</c>.</summary>
    public required string Name { get; init; }

    public bool Fifo { get; init; } = true;

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:sqs:{Region}:{AccountId}:{Name}";

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>How many of a FIFO queue's oldest messages are looked at for message groups to receive from. The default is SQS's.</summary>
    public int MaxLookAhead { get; init; } = QueueLimits.MaxLookAhead;

    /// <summary>The bytes of one message at most (SQS: MaximumMessageSize).</summary>
    public int MaxMessageBytes { get; init; } = QueueLimits.MaxBatchBytes;

    /// <summary>How long a message stays hidden after it was sent, unless its sender says so (SQS: DelaySeconds).</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long a receive waits for a message, unless it says so (SQS: ReceiveMessageWaitTimeSeconds).</summary>
    public TimeSpan ReceiveWait { get; init; }

    /// <summary>Whether a message without a deduplication id gets the SHA-256 of its body.</summary>
    public bool ContentBasedDeduplication { get; init; }

    /// <summary>Whether a deduplication id is unique within the queue, and not only within its message group (SQS: DeduplicationScope).</summary>
    public bool DeduplicatesAcrossGroups { get; init; }

    /// <summary>The dead-letter queue; null: a message can be received again until its retention is over.</summary>
    public RedrivePolicy? Redrive { get; init; }

    /// <summary>How many bodies are held in memory at most. Other bodies stay on disk until they are received.</summary>
    public int MaxHeldBodies { get; init; } = 20_000;

    /// <summary>How many bytes of bodies are held in memory at most.</summary>
    public long MaxHeldBytes { get; init; } = 64 * 1024 * 1024;

    internal void Validate()
    {
        if (Fifo != Name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw new ServiceException("InvalidParameterValue", "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }

        if (MaxMessageBytes is < QueueLimits.MinMaxMessageBytes or > QueueLimits.MaxBatchBytes)
        {
            throw new ServiceException("InvalidAttributeValue", "Invalid value for the parameter MaximumMessageSize.");
        }

        if (Redrive is { } redrive && (redrive.DeadLetterQueue.Options.Fifo != Fifo || redrive.MaxReceiveCount is < 1 or > 1000))
        {
            throw new ServiceException("InvalidParameterValue", "Value for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source, and maxReceiveCount 1 to 1000.");
        }
    }
}

/// <summary>When messages go to which dead-letter queue.</summary>
/// <param name="DeadLetterQueue">The dead-letter queue; FIFO if the queue is.</param>
/// <param name="MaxReceiveCount">How often a message is received before it is moved: 1 to 1000.</param>
public sealed record RedrivePolicy(MessageQueue DeadLetterQueue, int MaxReceiveCount);
