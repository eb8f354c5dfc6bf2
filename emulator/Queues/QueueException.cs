namespace DataToEvents.Emulator.Queues;

/// <summary>SQS would refuse a call as a whole.</summary>
/// <param name="code">SQS's error code, such as <c>AWS.SimpleQueueService.EmptyBatchRequest</c>.</param>
/// <param name="message">SQS's message.</param>
public sealed class QueueException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
