namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Firehose's response to PutRecordBatch, with an entry for each record, in the order of the request.</summary>
public sealed class PutRecordBatchResult
{
    private readonly long _rowId;
    private readonly int _accepted;

    internal PutRecordBatchResult(long rowId, int accepted, int count) => (_rowId, _accepted, Count) = (rowId, accepted, count);

    public int Count { get; }

    public int FailedPutCount => Count - _accepted;

    /// <summary>The result of a record. It is created on demand, because a feeder in this process reads only the failures.</summary>
    public PutRecordEntry this[int index] => index < _accepted
        ? new PutRecordEntry(new RecordId(_rowId, index).ToString(), null, null)
        : PutRecordEntry.SlowDown;
}

/// <summary>Either a record id, which means that the record is durable, or an error.</summary>
public sealed record PutRecordEntry(string? RecordId, string? ErrorCode, string? ErrorMessage)
{
    public const string ServiceUnavailable = "ServiceUnavailableException";

    internal static PutRecordEntry SlowDown { get; } = new(null, ServiceUnavailable, "Slow down.");
}
