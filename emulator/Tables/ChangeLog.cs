using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tables;

/// <summary>The changes of a table in order: the newest in memory, the others on disk.</summary>
internal sealed class ChangeLog(Database database, TableSql journal, TableOptions options, long last)
{
    /// <summary>Readers that catch up read in aligned pages, so that those close to each other share them.</summary>
    private const int PageSize = 512;
    private const int KeptPages = 8;

    private readonly Lock _gate = new();
    private readonly Queue<(long Page, Task<List<ChangeRecord>> Changes)> _pages = [];
    private readonly List<StreamWaiter> _waiters = [];
    private readonly List<StreamCursor> _cursors = [];
    private readonly HeldChanges _held = new(options.MaxHeldChanges, options.MaxHeldBytes, last);

    public long Last => _held.Last;

    public long Horizon { get; private set; } = journal.Horizon;

    /// <summary>A reader's cursor: what all of them have passed is no longer held in memory.</summary>
    public StreamCursor AddCursor()
    {
        lock (_gate)
        {
            _cursors.Add(new StreamCursor());
            return _cursors[^1];
        }
    }

    /// <summary>Adds what was committed, in the order of the commits.</summary>
    public void Append(IReadOnlyList<ChangeRecord> changes)
    {
        lock (_gate)
        {
            _held.Release(_cursors.Count == 0 ? 0 : _cursors.Min(cursor => cursor.Position));
            foreach (var change in changes)
            {
                _held.Append(change);
            }

            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Finds(changes))
                {
                    _waiters[i].Signal.SetResult(true);
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Moves the cursor over the next changes and returns those that are wanted. Empty does not mean that it is at the end.</summary>
    public async ValueTask<List<ChangeRecord>> ReadAsync(StreamCursor cursor, Func<ChangeRecord, bool> wanted, int max)
    {
        Task<List<ChangeRecord>> page;
        long end;
        lock (_gate)
        {
            cursor.Position = Math.Max(cursor.Position, Horizon);
            if (cursor.Position >= _held.After)
            {
                return Select(_held.From(cursor.Position), cursor, wanted, max, _held.Last);
            }

            (page, end) = Page(cursor.Position);
        }

        var changes = await page;
        var position = cursor.Position;
        return Select(changes.Where(change => change.Sequence > position), cursor, wanted, max, end);
    }

    public bool IsAtEnd(StreamCursor cursor)
    {
        lock (_gate)
        {
            return cursor.Position >= _held.Last;
        }
    }

    /// <summary>Waits for the first wanted change after the cursor; moves the cursor over those before it.</summary>
    /// <returns>False when the time is over.</returns>
    public async Task<bool> WaitAsync(StreamCursor cursor, Func<ChangeRecord, bool> wanted, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var waiter = new StreamWaiter(cursor, wanted);
        lock (_gate)
        {
            if (cursor.Position < _held.Last)
            {
                return true;
            }

            _waiters.Add(waiter);
        }

        using var cancelled = cancellationToken.UnsafeRegister(_ => Stop(waiter), null);
        await using var timer = timeout == Timeout.InfiniteTimeSpan ? null : time.CreateTimer(_ => Stop(waiter), null, timeout, Timeout.InfiniteTimeSpan);
        var found = await waiter.Signal.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return found;
    }

    public void Trimmed(long horizon)
    {
        lock (_gate)
        {
            Horizon = horizon;
        }
    }

    private static List<ChangeRecord> Select(IEnumerable<ChangeRecord> changes, StreamCursor cursor, Func<ChangeRecord, bool> wanted, int max, long end)
    {
        var selected = new List<ChangeRecord>();
        foreach (var change in changes)
        {
            if (wanted(change))
            {
                if (selected.Count == max)
                {
                    return selected;
                }

                selected.Add(change);
            }

            cursor.Position = change.Sequence;
        }

        cursor.Position = end;
        return selected;
    }

    private (Task<List<ChangeRecord>> Changes, long End) Page(long after)
    {
        var page = after / PageSize;
        var (start, end) = (page * PageSize, (page + 1) * PageSize);
        if (end > _held.After)
        {
            var upTo = _held.After;
            return (database.InTransactionAsync(connection => journal.Changes(connection, after, upTo)), upTo);
        }

        foreach (var kept in _pages)
        {
            if (kept.Page == page)
            {
                return (kept.Changes, end);
            }
        }

        var changes = database.InTransactionAsync(connection => journal.Changes(connection, start, end));
        _pages.Enqueue((page, changes));
        if (_pages.Count > KeptPages)
        {
            _pages.Dequeue();
        }

        return (changes, end);
    }

    private void Stop(StreamWaiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.Remove(waiter))
            {
                waiter.Signal.SetResult(false);
            }
        }
    }
}
