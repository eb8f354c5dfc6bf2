namespace DataToEvents.Application.EventResponder;

/// <summary>An event of the bus that a queue's message brings.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="Detail">The envelope.</param>
/// <param name="Replay">Name of the archive's replay that brings the event; null when no archive does.</param>
public sealed record BusMessage(string MessageId, ReadOnlyMemory<byte> Detail, string? Replay);

/// <param name="Taken">What became of the events that did not fail.</param>
/// <param name="Failed">The messages that have to be delivered again.</param>
public sealed record RespondedBatch(IReadOnlyList<Responded> Taken, IReadOnlyList<FailedMessage> Failed);
