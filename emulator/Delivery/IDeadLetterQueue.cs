namespace DataToEvents.Emulator.Delivery;

/// <summary>Takes the events that a rule could not deliver to its target. On AWS this is a standard SQS queue.</summary>
public interface IDeadLetterQueue
{
    /// <summary>Sends an event; completes when it is durable in the queue.</summary>
    /// <param name="eventJson">The event as the target would have got it.</param>
    /// <param name="attributes">ERROR_CODE, ERROR_MESSAGE, RULE_ARN, TARGET_ARN, EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS.</param>
    /// <param name="cancellationToken">Cancels the call. The event is then delivered again after a restart.</param>
    Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken);
}
