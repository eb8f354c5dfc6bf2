namespace DataToEvents.Emulator.Buses;

/// <summary>A rule, and what it did since the bus was opened.</summary>
/// <param name="Options">The settings of the rule.</param>
/// <param name="Arn">The ARN of the rule.</param>
/// <param name="TargetArn">The ARN of the function or queue that gets the events.</param>
/// <param name="Delivered">Events that the target took.</param>
/// <param name="FailedAttempts">Attempts that the target, or later the dead-letter queue, refused.</param>
/// <param name="DeadLettered">Events given to the dead-letter queue.</param>
/// <param name="Dropped">Events that the dead-letter queue refused: they are lost (EventBridge's metric InvocationsFailedToBeSentToDlq).</param>
public sealed record RuleState(RuleOptions Options, string Arn, string TargetArn, long Delivered, long FailedAttempts, long DeadLettered, long Dropped);
