namespace DataToEvents.Application.EventStorer;

/// <summary>The outcomes of a batch of messages.</summary>
/// <param name="Stored">Newly appended.</param>
/// <param name="Duplicates">Stored before: with the same content, or under a key whose first event always stands.</param>
/// <param name="Conflicts">Events whose key was stored before with another type or payload. They are now in quarantine.</param>
/// <param name="SetAside">Messages that no retry helps. They are now in the dead-letter queue.</param>
/// <param name="Failures">Messages to be delivered again: those that failed, and the later ones of their streams.</param>
public sealed record StorageReport(int Stored, int Duplicates, int Conflicts, IReadOnlyList<FailedMessage> SetAside, IReadOnlyList<FailedMessage> Failures);
