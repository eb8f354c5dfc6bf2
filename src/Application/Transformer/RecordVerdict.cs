namespace DataToEvents.Application.Transformer;

/// <summary>The answer for one record.</summary>
/// <param name="RecordId">The record's id, as it came.</param>
/// <param name="Result">The result that Firehose gets for the record.</param>
/// <param name="Lines">Ok: its envelopes for the lake, one a line, each ended by a line feed. Empty otherwise.</param>
/// <param name="Reason">ProcessingFailed: why, for people. Null otherwise.</param>
/// <param name="Event">ProcessingFailed: the event that made it fail, if one did.</param>
/// <param name="IsTooLarge">ProcessingFailed only because its lines do not fit into the answer.</param>
public sealed record RecordVerdict(string RecordId, RecordResult Result, ReadOnlyMemory<byte> Lines, string? Reason, EventName? Event = null, bool IsTooLarge = false);

public enum RecordResult
{
    /// <summary>All of its events are queued.</summary>
    Ok,

    /// <summary>The catalog drops it.</summary>
    Dropped,

    /// <summary>Not all of its events could be queued; the delivery stream puts the record aside.</summary>
    ProcessingFailed,
}
