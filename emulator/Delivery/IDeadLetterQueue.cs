namespace DataToEvents.Emulator.Delivery;

/// <summary>Where a rule leaves events that its target did not take: on AWS a standard queue.</summary>
public interface IDeadLetterQueue
{
    /// <summary>Completes when the event is durable there.</summary>
    /// <param name="eventJson">The event as the target would have got it.</param>
    /// <param name="attributes">ERROR_CODE, ERROR_MESSAGE, RULE_ARN, TARGET_ARN, EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS.</param>
    /// <param name="cancellationToken">Cancels; the event is then delivered again.</param>
    Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken);
}
