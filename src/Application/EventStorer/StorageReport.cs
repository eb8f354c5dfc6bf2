using DataToEvents.Application.Signals;

namespace DataToEvents.Application.EventStorer;

/// <summary>What became of a batch of messages.</summary>
/// <param name="Stored">Newly appended.</param>
/// <param name="Duplicates">There before, with the same content.</param>
/// <param name="Conflicts">Their ids were there before, with another source, type or payload; they are now in quarantine.</param>
/// <param name="Failures">To be delivered again: what failed, and the later ones of its stream.</param>
public sealed record StorageReport(int Stored, int Duplicates, int Conflicts, IReadOnlyList<FailedMessage> Failures);

/// <param name="MessageId">The delivery's.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Event">The event in it; null when it holds none.</param>
public readonly record struct FailedMessage(string MessageId, string Reason, EventName? Event = null);
