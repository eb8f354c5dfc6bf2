using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Buses;

/// <summary>The rows whose delivery has begun, being tried or waiting to be tried again.</summary>
internal sealed class UnderWay
{
    private readonly Lock _gate = new();
    private readonly SortedSet<(long AtMs, long Id)> _rows = [];
    private long _events;

    public long Events
    {
        get
        {
            lock (_gate)
            {
                return _events;
            }
        }
    }

    public long? OldestAtMs
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count > 0 ? _rows.Min.AtMs : null;
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
