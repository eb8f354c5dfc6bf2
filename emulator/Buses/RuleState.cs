namespace DataToEvents.Emulator.Buses;

/// <summary>A rule, and what it did since the bus was opened.</summary>
/// <param name="Options">As it was added.</param>
/// <param name="Arn">The rule's.</param>
/// <param name="TargetArn">Of the function or queue that gets its events.</param>
/// <param name="Delivered">Events that the target took.</param>
/// <param name="FailedAttempts">Tries that the target, or at last the dead-letter queue, refused.</param>
/// <param name="DeadLettered">Events given to the dead-letter queue.</param>
public sealed record RuleState(RuleOptions Options, string Arn, string TargetArn, long Delivered, long FailedAttempts, long DeadLettered);
