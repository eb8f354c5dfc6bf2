namespace DataToEvents.Generator.Sending;

/// <summary>What a run has come to so far; written by several workers, read by whoever shows it.</summary>
internal sealed class SendTotals
{
    private long _records;
    private long _bytes;
    private long _retries;
    private long _undelivered;
    private volatile string? _lastError;

    /// <summary>Records that the target accepted.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Bytes of the accepted records, before any encoding for the wire.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Records sent once more, each time counted.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Records given up on.</summary>
    public long Undelivered => Interlocked.Read(ref _undelivered);

    /// <summary>Why the last record that was not accepted was not.</summary>
    public string? LastError => _lastError;

    public void Accepted(int bytes)
    {
        Interlocked.Increment(ref _records);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Refused(string error) => _lastError = error;

    public void Retrying(int records) => Interlocked.Add(ref _retries, records);

    public void GaveUp(int records) => Interlocked.Add(ref _undelivered, records);
}
