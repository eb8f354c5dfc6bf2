namespace DataToEvents.Emulator.Storage;

/// <summary>The work that waits for the writer. Its thread sleeps while there is none; it does not spin, because the callers need the processor.</summary>
internal sealed class WorkQueue
{
    private readonly object _signal = new();
    private List<IUnitOfWork> _waiting = [];
    private bool _closed;

    public void Add(IUnitOfWork unit)
    {
        lock (_signal)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Database));
            _waiting.Add(unit);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_signal);
            }
        }
    }

    /// <summary>Waits for work and takes all of it, in order.</summary>
    /// <param name="work">An empty list. It is exchanged for the list with the work.</param>
    /// <returns>False: the queue is closed and empty.</returns>
    public bool Take(ref List<IUnitOfWork> work)
    {
        lock (_signal)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_signal);
            }

            (work, _waiting) = (_waiting, work);
            return work.Count > 0;
        }
    }

    public void Close()
    {
        lock (_signal)
        {
            _closed = true;
            Monitor.Pulse(_signal);
        }
    }
}
