namespace DataToEvents.Emulator.Tables;

/// <summary>The changes of a table in order, as its DynamoDB stream: the newest in memory, the others on disk.</summary>
internal sealed class ChangeStream(Database database, TableSql sql, ItemTableOptions options, TimeProvider time, long last, IReadOnlyList<Shard> shards)
{
    private readonly Lock _gate = new();
    private readonly ChangePages _pages = new(database, sql);
    private readonly List<StreamWaiter> _waiters = [];
    private readonly List<StreamCursor> _cursors = [];
    private readonly List<Func<long>> _readers = [];
    private readonly HeldChanges _held = new(options.MaxHeldChanges, options.MaxHeldBytes, last);

    /// <summary>The number of the last change that was written, committed or not: only units of work use it. A rollback leaves a gap.</summary>
    public long LastWritten { get; set; } = last;

    /// <summary>The number of the last change that was committed.</summary>
    public long Last => _held.Last;

    /// <summary>Changes up to this number were trimmed.</summary>
    public long Horizon { get; private set; } = sql.Horizon;

    /// <summary>Parents before their children. Replaced as a whole by a split.</summary>
    public IReadOnlyList<Shard> Shards { get; private set; } = shards;

    /// <summary>Closes the open shard that holds an item, and opens two in its place.</summary>
    /// <param name="place">Of the item.</param>
    /// <param name="withinPartitionKey">Whether the items with one partition key, too, are in both of them from now on.</param>
    /// <returns>The shard that closed; null: its range is too small for a split.</returns>
    public async Task<Shard?> SplitAsync(ulong place, bool withinPartitionKey)
    {
        Shard? split = null;
        List<Shard> halves = [];
        await database.InTransactionAsync(
            connection =>
            {
                var all = sql.Shards(connection);
                split = all.Single(shard => shard.IsOpen && shard.HoldsItem(place));
                var middle = withinPartitionKey ? (place & ~(ulong)uint.MaxValue) | 0x80000000 : ((split.Low / 2) + (split.High / 2)) & ~(ulong)uint.MaxValue;
                halves = [];
                if (middle > split.Low && middle <= split.High)
                {
                    var (next, end) = (all[^1].Number + 1, LastWritten);
                    halves = [new Shard(next, split.Number, split.Low, middle - 1, end), new Shard(next + 1, split.Number, middle, split.High, end)];
                    sql.Save(connection, split, end);
                    halves.ForEach(half => sql.Save(connection, half, Shard.StillOpen));
                }
            },
            () => Divide(split!.Number, halves));
        return halves.Count > 0 ? split : null;
    }

    /// <summary>Adds a reader's cursor. Memory lets go of changes that all cursors have passed.</summary>
    public StreamCursor AddCursor()
    {
        lock (_gate)
        {
            _cursors.Add(new StreamCursor());
            return _cursors[^1];
        }
    }

    /// <summary>Adds a reader that reports the last change that it is done with: later changes are not trimmed.</summary>
    public void AddReader(Func<long> done)
    {
        lock (_gate)
        {
            _readers.Add(done);
        }
    }

    /// <summary>Writes the change of an item that was there before, within a unit of work. An insertion is in the item's own row.</summary>
    public void Save(DatabaseConnection connection, ItemRow old, ChangeRecord change)
    {
        if (!options.HasStream)
        {
            return;
        }

        if (old.Sequence > Horizon)
        {
            sql.SaveInsert(connection, old);
        }

        sql.Append(connection, change);
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

            (page, end) = _pages.Read(cursor.Position, _held.After);
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
    public async Task<bool> WaitAsync(StreamCursor cursor, Func<ChangeRecord, bool> wanted, TimeSpan timeout, CancellationToken cancellationToken)
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

    /// <summary>
    /// Forgets changes older than 24 hours that every reader is done with. DynamoDB forgets them in any case; but here a reader may only be
    /// late because the machine was switched off over night.
    /// </summary>
    public Task TrimAsync()
    {
        var oldestMs = (time.GetUtcNow() - TableLimits.StreamRetention).ToUnixTimeMilliseconds();
        long done;
        lock (_gate)
        {
            done = _readers.Count == 0 ? long.MaxValue : _readers.Min(reader => reader());
        }

        return database.InTransactionAsync(
            connection =>
            {
                var horizon = Math.Max(Horizon, Math.Min(done, sql.LastBefore(connection, Horizon, oldestMs)));
                sql.Trim(connection, horizon);
                return horizon;
            },
            Trimmed);
    }

    /// <summary>Waiting readers check the shards again.</summary>
    private void Divide(long number, List<Shard> halves)
    {
        lock (_gate)
        {
            if (halves.Count > 0)
            {
                Shards.Single(shard => shard.Number == number).Close(halves[0].After);
                Shards = [.. Shards, .. halves];
                _waiters.ForEach(static waiter => waiter.Signal.SetResult(true));
                _waiters.Clear();
            }
        }
    }

    private void Trimmed(long horizon)
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
