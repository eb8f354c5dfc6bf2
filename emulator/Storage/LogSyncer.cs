namespace DataToEvents.Emulator.Storage;

/// <summary>
/// Syncs the redo log on a thread of its own, group after group, and then completes the group's callers. While the disk syncs one group, the
/// writer runs the next, with all the work that came meanwhile.
/// </summary>
internal sealed class LogSyncer : IDisposable
{
    private readonly IDisk _disk;
    private readonly Func<Exception, Exception> _onFault;
    private readonly object _signal = new();
    private readonly Thread _thread;
    private (SafeFileHandle? File, GroupOutcome Outcome)? _group;
    private Exception? _fault;
    private bool _closed;

    /// <param name="disk">The disk.</param>
    /// <param name="onFault">Hears of a fault before the callers do, and returns the exception for them.</param>
    public LogSyncer(IDisk disk, Func<Exception, Exception> onFault)
    {
        (_disk, _onFault) = (disk, onFault);
        _thread = new Thread(Serve) { Name = "log syncer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Hands a group over. Waits until the group before it is durable.</summary>
    /// <param name="file">The file that its frame was written to; null when the group changed nothing.</param>
    /// <param name="outcome">The callers, with their results.</param>
    /// <exception cref="IOException">An earlier group could not be made durable.</exception>
    public void Submit(SafeFileHandle? file, GroupOutcome outcome)
    {
        lock (_signal)
        {
            while (_group is not null)
            {
                Monitor.Wait(_signal);
            }

            if (_fault is not null)
            {
                throw new IOException(_fault.Message, _fault);
            }

            _group = (file, outcome);
            Monitor.PulseAll(_signal);
        }
    }

    /// <summary>Finishes the group that was handed over.</summary>
    public void Dispose()
    {
        lock (_signal)
        {
            _closed = true;
            Monitor.PulseAll(_signal);
        }

        _thread.Join();
    }

    private void Serve()
    {
        while (Next() is { } group)
        {
            var fault = Sync(group.File);
            if (fault is null)
            {
                group.Outcome.Complete();
            }
            else
            {
                group.Outcome.Fail(_onFault(fault));
            }

            lock (_signal)
            {
                (_group, _fault) = (null, fault ?? _fault);
                Monitor.PulseAll(_signal);
            }
        }
    }

    private (SafeFileHandle? File, GroupOutcome Outcome)? Next()
    {
        lock (_signal)
        {
            while (_group is null && !_closed)
            {
                Monitor.Wait(_signal);
            }

            return _group;
        }
    }

    private IOException? Sync(SafeFileHandle? file)
    {
        try
        {
            if (file is not null)
            {
                _disk.Sync(file);
            }

            return null;
        }
        catch (IOException fault)
        {
            return fault;
        }
    }
}
