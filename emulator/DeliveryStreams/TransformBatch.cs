namespace DataToEvents.Emulator.DeliveryStreams;

internal readonly record struct BatchRecord(DurableRow Row, int Index, ReadOnlyMemory<byte> Data)
{
    public RecordId Id => new(Row.Id, Index);
}

/// <summary>The records of one invocation in order of arrival, and the function's results. Batches are reused, because their buffers are large.</summary>
internal sealed class TransformBatch(long maxBytes, int maxRecords)
{
    /// <summary>JSON around a record's data: names, quotes, the id and the time in milliseconds (13 digits).</summary>
    private static readonly int RecordOverhead = """{"recordId":"","approximateArrivalTimestamp":,"data":""},""".Length + RecordId.Length + 13;

    /// <summary>JSON around the records.</summary>
    private const int RequestOverhead = 2048;

    private readonly List<BatchRecord> _records = [];
    private long _requestBytes;

    public IReadOnlyList<BatchRecord> Records => _records;

    public long Bytes { get; private set; }

    public long OldestMs => _records[0].Row.AtMs;

    public ArrayBufferWriter<byte> Request { get; } = new();

    /// <summary>A result for each record.</summary>
    public List<TransformedRecord> Results { get; } = [];

    /// <summary>The decoded data that the results point into.</summary>
    public ArrayBufferWriter<byte> Transformed { get; } = new();

    public void Reset()
    {
        _records.Clear();
        Bytes = 0;
        _requestBytes = RequestOverhead;
    }

    /// <summary>Adds a record. A batch takes at least one.</summary>
    /// <returns>False when the batch is full.</returns>
    public bool TryAdd(DurableRow row, int index, ReadOnlyMemory<byte> data)
    {
        var requestBytes = _requestBytes + RecordOverhead + Base64Length(data.Length);
        var isFull = Bytes + data.Length > maxBytes || _records.Count == maxRecords || requestBytes > DeliveryStreamLimits.MaxInvocationBytes;
        if (isFull && _records.Count > 0)
        {
            return false;
        }

        _records.Add(new BatchRecord(row, index, data));
        Bytes += data.Length;
        _requestBytes = requestBytes;
        return true;
    }

    /// <summary>The index of a record in the batch, or -1. Most functions return records in the order of the request, so that index is tried first.</summary>
    public int Find(RecordId id, int expected)
    {
        if (expected < _records.Count && _records[expected].Id == id)
        {
            return expected;
        }

        var (low, high) = (0, _records.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _records[middle].Id.CompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private static long Base64Length(long bytes) => (bytes + 2) / 3 * 4;
}
