namespace DataToEvents.Local.Feeding;

/// <summary>Packs records into calls of PutRecordBatch, as full as its limits allow.</summary>
internal sealed class PutBatches
{
    private List<ReadOnlyMemory<byte>> _records = new(FirehoseLimits.MaxBatchRecords);
    private int _bytes;

    /// <summary>Whether a record must wait for the next call.</summary>
    public bool IsFullFor(ReadOnlyMemory<byte> record) =>
        _records.Count >= FirehoseLimits.MaxBatchRecords || _bytes + record.Length > FirehoseLimits.MaxBatchBytes;

    public void Add(ReadOnlyMemory<byte> record)
    {
        _records.Add(record);
        _bytes += record.Length;
    }

    public List<ReadOnlyMemory<byte>> Take()
    {
        var records = _records;
        (_records, _bytes) = (new(FirehoseLimits.MaxBatchRecords), 0);
        return records;
    }
}
