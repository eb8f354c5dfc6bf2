using Microsoft.Data.Sqlite;

namespace DataToEvents.Emulator.Storage;

/// <summary>
/// Makes units of work durable in groups. A group runs in SQLite's transaction, which stays open. Its changes go to the redo log,
/// and the group is durable when that is synced. SQLite itself commits only once for each generation of the log: a commit writes whole pages,
/// and most rows are inserted and deleted within one generation, so they cost no page. A start after a crash replays the log.
/// </summary>
internal sealed class DurableWriter : IDisposable
{
    /// <summary>How many units of work are in a group at most. This bounds the latency of the first of them.</summary>
    private const int MaxGroup = 512;

    /// <summary>How long the log of a generation gets before SQLite commits.</summary>
    public const long GenerationBytes = 32 * 1024 * 1024;

    private readonly WorkQueue _queue = new();
    private readonly DatabaseConnection _connection;
    private readonly GroupRun _run;
    private readonly RedoBuffer _redo = new();
    private readonly IDisk _disk;
    private readonly LogSyncer _syncer;
    private readonly RedoLog _log;
    private readonly string _path;
    private readonly long _generationBytes;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SafeFileHandle? _wal;
    private Task _synced = Task.CompletedTask;
    private Exception? _broken;

    public DurableWriter(DatabaseConnection connection, string path, IDisk disk, long generationBytes)
    {
        (_connection, _path, _disk, _generationBytes) = (connection, path, disk, generationBytes);
        _run = new GroupRun(connection, UndoGroup);
        _log = new RedoLog(path, disk);
        try
        {
            Recover();
        }
        catch
        {
            _log.Dispose();
            throw;
        }

        connection.Redo = _redo;
        _syncer = new LogSyncer(disk, Break);
        _thread = new Thread(Serve) { Name = "database writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Fails with the fault of the disk when no more work can be taken.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>The fault that happened during <see cref="Dispose"/>, or null.</summary>
    public Exception? FaultAtClose { get; private set; }

    public void Add(IUnitOfWork unit) => _queue.Add(unit);

    /// <summary>Finishes the work that is waiting.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _log.Dispose();
        _wal?.Dispose();
    }

    private void Recover()
    {
        _connection.Apply("CREATE TABLE IF NOT EXISTS redo (only INTEGER PRIMARY KEY CHECK (only = 1), generation INTEGER NOT NULL)");
        _connection.Apply("BEGIN IMMEDIATE");
        var (current, statements) = (0L, new List<string>());
        var next = _log.Replay((long)(_connection.Scalar("SELECT max(generation) FROM redo") ?? 1L), (generation, frame) =>
        {
            statements = generation == current ? statements : [];
            current = generation;
            RedoBuffer.Replay(_connection, frame, statements);
        });

        // Each run begins a generation of its own, so that it never writes over a frame that a crash left half written.
        var own = next + 1;
        SetGeneration(own);
        _connection.Apply("COMMIT");
        _connection.Apply("PRAGMA wal_checkpoint(TRUNCATE)");
        _log.Begin(own);
        _connection.Apply("BEGIN IMMEDIATE");
    }

    private void Serve()
    {
        var work = new List<IUnitOfWork>();
        while (_queue.Take(ref work))
        {
            foreach (var group in work.Chunk(MaxGroup))
            {
                Serve(group);
            }

            work.Clear();
        }

        _syncer.Dispose();
        if (_broken is null)
        {
            Close();
        }
    }

    private void Serve(IUnitOfWork[] group)
    {
        try
        {
            if (Volatile.Read(ref _broken) is { } broken)
            {
                Array.ForEach(group, unit => unit.Fail(broken));
                return;
            }

            var outcome = _run.Run(group);
            _syncer.Submit(Log(), outcome);
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            var broken = Break(fault);
            Array.ForEach(group, unit => unit.Fail(broken));
        }
    }

    /// <summary>Takes back the changes of the group that runs from the database: rolls back to SQLite's last commit, then runs the generation's frames again.</summary>
    private void UndoGroup()
    {
        _connection.BeginAgain();
        var statements = new List<string>();
        _log.ReplayCurrent(frame => RedoBuffer.Replay(_connection, frame, statements));
    }

    /// <summary>Commits to SQLite's file, so that the next start need not replay the log.</summary>
    private void Close()
    {
        try
        {
            _synced.GetAwaiter().GetResult();
            SetGeneration(_log.Generation + 1);
            _connection.Apply("COMMIT");
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            FaultAtClose = Break(fault);
        }
    }

    /// <summary>Takes no more work, because the transaction and the log may differ now. The next start finds what was durable.</summary>
    private Exception Break(Exception fault)
    {
        var broken = Interlocked.CompareExchange(ref _broken, new DatabaseFaultException(_path, fault), null) ?? _broken;
        _stopped.TrySetException(broken);
        return broken;
    }

    /// <summary>Writes the changes of a group to the log.</summary>
    /// <returns>The file to sync; null when the group changed nothing.</returns>
    private SafeFileHandle? Log()
    {
        if (_redo.Length == 0)
        {
            return null;
        }

        var file = _log.Append(_redo.Written);
        _redo.Clear();
        if (_log.Position >= _generationBytes)
        {
            BeginGeneration(file);
        }

        return file;
    }

    private void BeginGeneration(SafeFileHandle ended)
    {
        // The next generation overwrites the one before this one, so the commit that ended that one must be on disk. And no frame of the next may
        // be on disk before all frames of this one are.
        _synced.GetAwaiter().GetResult();
        _disk.Sync(ended);
        SetGeneration(_log.Generation + 1);
        _connection.Apply("COMMIT");
        _connection.Apply("BEGIN IMMEDIATE");
        _log.Begin(_log.Generation + 1);
        _redo.ForgetStatements();
        _wal ??= _disk.Open($"{_path}-wal", FileMode.Open);
        _synced = Task.Run(() => _disk.Sync(_wal));
    }

    private void SetGeneration(long generation) => _connection.Apply("INSERT OR REPLACE INTO redo (only, generation) VALUES (1, ?1)", generation);
}
