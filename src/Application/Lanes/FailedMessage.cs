namespace DataToEvents.Application.Lanes;

/// <summary>A queue's message that a step could not take.</summary>
/// <param name="MessageId">Names the message in this delivery.</param>
/// <param name="Reason">Why it failed, for people.</param>
/// <param name="Event">The event in it; null when it does not hold one.</param>
public readonly record struct FailedMessage(string MessageId, string Reason, EventName? Event = null);
