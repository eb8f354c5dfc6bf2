namespace DataToEvents.Emulator.Queues;

/// <summary>One message of a batch to send.</summary>
/// <param name="GroupId">Required by a FIFO queue.</param>
/// <param name="DeduplicationId">Required by a FIFO queue; unique within the group for five minutes.</param>
/// <param name="Body">UTF-8 text of at least one character, of those that SQS allows. Copied by the queue.</param>
/// <param name="Id">Distinguishes the entries of a batch; null: the entry's index.</param>
/// <param name="Attributes">Message attributes of the type String; null: none.</param>
/// <param name="TraceHeader">X-Ray's, SQS's one system attribute that a sender may give; it does not count as the message's size.</param>
public sealed record SendEntry(
    string? GroupId, string? DeduplicationId, ReadOnlyMemory<byte> Body, string? Id = null, IReadOnlyDictionary<string, string>? Attributes = null, string? TraceHeader = null);

/// <summary>The outcome of one entry.</summary>
/// <param name="Id">The entry's.</param>
/// <param name="MessageId">Of the first message that was sent with this deduplication id, if it is remembered.</param>
/// <param name="SequenceNumber">20 digits, increasing within the queue.</param>
/// <param name="Error">Null: the message is in the queue.</param>
public sealed record SendEntryResult(string Id, Guid MessageId, string SequenceNumber, EntryError? Error)
{
    internal static SendEntryResult Failed(string id, EntryError error) => new(id, Guid.Empty, string.Empty, error);
}

/// <summary>Why one entry of a batch failed, in SQS's words; always the sender's fault here.</summary>
public sealed record EntryError(string Code, string Message);
