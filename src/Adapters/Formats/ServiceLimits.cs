namespace DataToEvents.Adapters.Formats;

/// <summary>How much one call of each service takes. The lanes of the use cases fill their calls up to these limits.</summary>
public static class ServiceLimits
{
    /// <summary>Messages in a SendMessageBatch (Amazon SQS Developer Guide, "Amazon SQS message quotas").</summary>
    public const int QueueEntries = 10;

    /// <summary>Bytes of a message, and of all messages of a SendMessageBatch: 1 MiB (the same page).</summary>
    public const int QueueBytes = 1_048_576;

    /// <summary>Statements that we put into a BatchExecuteStatement. It takes 25, but a FIFO event source mapping hands over at most 10 messages.</summary>
    public const int StoreEntries = 10;

    /// <summary>Entries in a PutEvents call (Amazon EventBridge API Reference, "PutEvents").</summary>
    public const int BusEntries = 10;

    /// <summary>
    /// Bytes of a PutEvents call: "must be less than 256 KB" (Amazon EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size"). Another page says 1 MB; this is
    /// the smaller one.
    /// </summary>
    public const int BusBytes = 262_143;
}
