namespace DataToEvents.Emulator.Queues;

/// <summary>One message of a batch to send.</summary>
/// <param name="GroupId">Required by a FIFO queue.</param>
/// <param name="DeduplicationId">Required by a FIFO queue, unless it makes one of the body; unique within the group, or within the queue, for five minutes.</param>
/// <param name="Body">UTF-8 text of at least one character. The queue copies it.</param>
/// <param name="Id">The id of the entry within the batch; null: its index.</param>
/// <param name="Attributes">Message attributes; null: none.</param>
/// <param name="TraceHeader">The X-Ray trace header, or null. It is the one system attribute that a sender may set, and does not add to the size of the message.</param>
/// <param name="Delay">How long the message stays hidden at first; null: as long as the queue says. A FIFO queue takes null and zero only, and its own delay holds for both.</param>
public sealed record SendEntry(
    string? GroupId, string? DeduplicationId, ReadOnlyMemory<byte> Body, string? Id = null, IReadOnlyDictionary<string, MessageAttribute>? Attributes = null, string? TraceHeader = null,
    TimeSpan? Delay = null);

/// <summary>The result of one entry.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="MessageId">The id of the message; for a repetition that of the message that it repeats.</param>
/// <param name="SequenceNumber">20 digits, increasing within the queue.</param>
/// <param name="Error">Null: the message is in the queue.</param>
public sealed record SendEntryResult(string Id, Guid MessageId, string SequenceNumber, EntryError? Error)
{
    internal static SendEntryResult Failed(string id, EntryError error) => new(id, Guid.Empty, string.Empty, error);
}

/// <summary>Why one entry of a batch failed, with the code and the message of SQS. It is always the sender's fault.</summary>
public sealed record EntryError(string Code, string Message);
