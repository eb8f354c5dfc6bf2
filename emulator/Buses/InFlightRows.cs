namespace DataToEvents.Emulator.Buses;

/// <summary>The rows that are being delivered or wait for a retry.</summary>
internal sealed class InFlightRows
{
    private readonly Lock _gate = new();
    private readonly SortedSet<(long AtMs, long Id)> _rows = [];
    private long _events;

    /// <summary>How many events are in the rows, and when the oldest row was published, in Unix milliseconds; null when there are no rows.</summary>
    public (long Events, long? OldestAtMs) Totals
    {
        get
        {
            lock (_gate)
            {
                return (_events, _rows.Count > 0 ? _rows.Min.AtMs : null);
            }
        }
    }

    public void Add(DurableRow row)
    {
        lock (_gate)
        {
            _rows.Add((row.AtMs, row.Id));
            _events += row.Records;
        }
    }

    public void Remove(DurableRow row)
    {
        lock (_gate)
        {
            _rows.Remove((row.AtMs, row.Id));
            _events -= row.Records;
        }
    }
}
