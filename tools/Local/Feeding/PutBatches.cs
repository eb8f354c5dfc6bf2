namespace DataToEvents.Local.Feeding;

/// <summary>Packs records into calls of PutRecordBatch, as full as its limits allow.</summary>
internal sealed class PutBatches
{
    /// <summary>Firehose: PutRecordBatch takes 500 records or 4 MiB (facts.md, section 1).</summary>
    private const int MaxRecords = 500;

    private const int MaxBytes = 4 * 1024 * 1024;

    private List<ReadOnlyMemory<byte>> _records = new(MaxRecords);
    private int _bytes;

    /// <summary>Whether a record must wait for the next call.</summary>
    public bool IsFullFor(ReadOnlyMemory<byte> record) =>
        _records.Count >= MaxRecords || _bytes + record.Length > MaxBytes;

    public void Add(ReadOnlyMemory<byte> record)
    {
        _records.Add(record);
        _bytes += record.Length;
    }

    public List<ReadOnlyMemory<byte>> Take()
    {
        var records = _records;
        (_records, _bytes) = (new(MaxRecords), 0);
        return records;
    }
}
