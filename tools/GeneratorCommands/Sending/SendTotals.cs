namespace DataToEvents.Generator.Sending;

/// <summary>Counts what a run has done so far. The sender writes it; the screen reads it.</summary>
internal sealed class SendTotals
{
    private long _records;
    private long _events;
    private long _bytes;
    private long _retries;
    private long _undelivered;
    private long _refusedPoison;
    private long _uncertain;
    private int _inFlight;
    private volatile string? _lastError;

    /// <summary>Records that the target accepted.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Events in the accepted records.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Bytes of the accepted records, before any encoding for the wire.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Records sent once more, each time counted.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Records that were given up, without the poison that the target has to refuse.</summary>
    public long Undelivered => Interlocked.Read(ref _undelivered);

    /// <summary>Poison that the target refused, as it has to.</summary>
    public long RefusedPoison => Interlocked.Read(ref _refusedPoison);

    /// <summary>Accepted records that an earlier call without an answer may have delivered too.</summary>
    public long Uncertain => Interlocked.Read(ref _uncertain);

    /// <summary>Calls under way.</summary>
    public int InFlight => _inFlight;

    /// <summary>The reason for the last record that was not accepted.</summary>
    public string? LastError => _lastError;

    /// <summary>How long the answered calls took.</summary>
    public LatencyHistogram Puts { get; } = new();

    /// <summary>How late records were when they were sent for the first time.</summary>
    public LatencyHistogram Lateness { get; } = new();

    public void Accepted(Outgoing sent)
    {
        Interlocked.Increment(ref _records);
        Interlocked.Add(ref _events, sent.Expected.Events?.Count ?? 0);
        Interlocked.Add(ref _bytes, sent.Record.Bytes.Length);
        Interlocked.Add(ref _uncertain, sent.Uncertain > 0 ? 1 : 0);
    }

    public void Launched() => Interlocked.Increment(ref _inFlight);

    public void Landed() => Interlocked.Decrement(ref _inFlight);

    public void Refused(string error) => _lastError = error;

    public void Retrying(int records) => Interlocked.Add(ref _retries, records);

    public void GaveUp(bool isExpected)
    {
        if (isExpected)
        {
            Interlocked.Increment(ref _refusedPoison);
        }
        else
        {
            Interlocked.Increment(ref _undelivered);
        }
    }
}
