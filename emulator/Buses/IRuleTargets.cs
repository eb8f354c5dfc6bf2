namespace DataToEvents.Emulator.Buses;

/// <summary>Finds what the rules of clients name by ARN. It is asked for each event, so that a target may come and go.</summary>
public interface IRuleTargets
{
    /// <param name="arn">The ARN of a function or a queue.</param>
    /// <param name="messageGroupId">The group of the messages, if the target is a FIFO queue.</param>
    /// <returns>Null when there is none.</returns>
    IInvocable? Target(string arn, string? messageGroupId);

    /// <summary>The dead-letter queue of that ARN; null when there is none.</summary>
    IDeadLetterQueue? DeadLetters(string arn);
}
