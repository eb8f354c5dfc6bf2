namespace DataToEvents.Generator.Sending;

/// <summary>
/// The records that wait for a call, in their order. A stream is in one call at a time, and a record that has to wait holds back the later records of its
/// streams. So the records of a stream are accepted in their order, however many calls are in flight.
/// </summary>
internal sealed class SendBacklog(SinkLimits limits, bool strictOrder)
{
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);
    private List<Outgoing> _waiting = [];
    private List<Outgoing> _spare = [];
    private long _looked;

    public int Count => _waiting.Count;

    /// <summary>Bytes of all records that wait.</summary>
    public long Bytes { get; private set; }

    public IReadOnlyList<Outgoing> Waiting => _waiting;

    public void Add(Outgoing record)
    {
        _waiting.Add(record);
        Bytes += record.Record.Bytes.Length;
    }

    /// <summary>Takes the next call's records; none when every record has to go on waiting.</summary>
    /// <param name="now">A timestamp; records whose back-off is not over hold their streams back.</param>
    public List<Outgoing> TakeBatch(long now)
    {
        var batch = new List<Outgoing>();
        var bytes = 0;
        _looked = now;
        _blocked.Clear();
        _spare.Clear();
        var index = 0;
        for (; index < _waiting.Count && batch.Count < limits.MaxRecords; index++)
        {
            var record = _waiting[index];
            var size = limits.Size(record);
            if (record.NotBefore > now || IsHeldBack(record) || !Fits(size, batch.Count, bytes))
            {
                Block(record);
                _spare.Add(record);
                continue;
            }

            Take(record, batch);
            bytes += size;
            if (size > limits.MaxRecordBytes)
            {
                index++;
                break;
            }
        }

        _spare.AddRange(_waiting.Skip(index));
        (_waiting, _spare) = (_spare, _waiting);
        batch.ForEach(record => _inFlight.UnionWith(record.Expected.Streams));
        return batch;
    }

    /// <summary>Takes note that a call ended: its streams are free, and its records that must be sent again go to the front.</summary>
    public void Return(IReadOnlyList<Outgoing> batch, IReadOnlyList<Outgoing> again)
    {
        foreach (var record in batch)
        {
            _inFlight.ExceptWith(record.Expected.Streams);
        }

        _waiting.InsertRange(0, again);
        Bytes += again.Sum(record => (long)record.Record.Bytes.Length);
    }

    /// <summary>Forgets the records that were in no call yet.</summary>
    public void DropUnsent()
    {
        _waiting.RemoveAll(record => record.Attempts == 0);
        Bytes = _waiting.Sum(record => (long)record.Record.Bytes.Length);
    }

    /// <summary>The earliest end of a back-off that held a record back when the last call was put together. It may be over by now. Null if no back-off held one.</summary>
    public long? NextReturn()
    {
        long? next = null;
        foreach (var record in _waiting)
        {
            if (record.NotBefore > _looked && !(next <= record.NotBefore))
            {
                next = record.NotBefore;
            }
        }

        return next;
    }

    private bool Fits(int size, int records, int bytes) =>
        size > limits.MaxRecordBytes ? records == 0 : records == 0 || bytes + size <= limits.MaxBytes;

    private bool IsHeldBack(Outgoing record)
    {
        foreach (var stream in record.Expected.Streams)
        {
            if (_inFlight.Contains(stream) || _blocked.Contains(stream))
            {
                return true;
            }
        }

        return false;
    }

    private void Block(Outgoing record) => _blocked.UnionWith(record.Expected.Streams);

    private void Take(Outgoing record, List<Outgoing> batch)
    {
        batch.Add(record);
        Bytes -= record.Record.Bytes.Length;
        if (strictOrder || limits.OneOfAStream)
        {
            Block(record);
        }
    }
}
