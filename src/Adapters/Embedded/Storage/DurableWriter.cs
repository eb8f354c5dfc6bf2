using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Adapters.Embedded.Storage;

/// <summary>
/// Makes units of work durable in groups. A group runs in SQLite's open transaction, which stays open, and its changes go to the redo log,
/// whose sync is all that durability costs. SQLite's own commit comes once a generation of the log: it writes whole pages, and what was
/// inserted and deleted in between, as most of what a path holds is, has none any more. A start after a crash replays the log.
/// </summary>
internal sealed class DurableWriter : IDisposable
{
    /// <summary>How many units of work one group takes at most; bounds the latency of the first of them.</summary>
    private const int MaxGroup = 512;

    private const long GenerationBytes = 32 * 1024 * 1024;

    private readonly WorkQueue _queue = new();
    private readonly Session _session;
    private readonly GroupRun _run;
    private readonly RedoBuffer _redo = new();
    private readonly LogSyncer _syncer = new();
    private readonly RedoLog _log;
    private readonly string _walPath;
    private readonly Thread _thread;
    private SafeFileHandle? _wal;
    private Task _synced = Task.CompletedTask;
    private Exception? _broken;

    public DurableWriter(Session session, string path)
    {
        _session = session;
        _run = new GroupRun(session);
        _log = new RedoLog(path);
        _walPath = $"{path}-wal";
        Recover();
        session.Redo = _redo;
        _thread = new Thread(Serve) { Name = "database writer", IsBackground = true };
        _thread.Start();
    }

    public void Add(UnitOfWork unit) => _queue.Add(unit);

    /// <summary>Finishes the work that was handed in.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _log.Dispose();
        _wal?.Dispose();
    }

    private void Recover()
    {
        _session.Apply("CREATE TABLE IF NOT EXISTS redo (only INTEGER PRIMARY KEY CHECK (only = 1), generation INTEGER NOT NULL)");
        _session.Apply("BEGIN IMMEDIATE");
        var generation = (long)(_session.Scalar("SELECT max(generation) FROM redo") ?? 1L);
        while (Replay(generation))
        {
            generation++;
        }

        // Never on top of what a crash may have left half written: a generation of its own for each run.
        SetGeneration(++generation);
        _session.Apply("COMMIT");
        _session.Apply("PRAGMA wal_checkpoint(TRUNCATE)");
        _log.Begin(generation);
        _session.Apply("BEGIN IMMEDIATE");
    }

    private bool Replay(long generation)
    {
        var statements = new List<string>();
        foreach (var frame in _log.Read(generation))
        {
            RedoBuffer.Replay(_session, frame, statements);
        }

        return statements.Count > 0;
    }

    private void Serve()
    {
        var work = new List<UnitOfWork>();
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
            SetGeneration(_log.Generation + 1);
            _session.Apply("COMMIT");
        }

        _synced.Wait();
    }

    private void Serve(UnitOfWork[] group)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_broken is not null, this);
            var outcome = _run.Run(group);
            _syncer.Submit(Log(), outcome);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or ObjectDisposedException)
        {
            // Nothing can be taken any more: what the transaction holds and what the log holds may differ. The next start finds what was durable.
            _broken ??= fault;
            Array.ForEach(group, unit => unit.Fail(_broken));
        }
    }

    /// <returns>The file that holds the group's frame; null when it changed nothing.</returns>
    private SafeFileHandle? Log()
    {
        if (_redo.Length == 0)
        {
            return null;
        }

        var file = _log.Append(_redo.Written);
        _redo.Clear();
        if (_log.Position >= GenerationBytes)
        {
            BeginGeneration();
        }

        return file;
    }

    private void BeginGeneration()
    {
        // The next generation overwrites the one before this: the commit that ended that one must be on disk.
        _synced.GetAwaiter().GetResult();
        SetGeneration(_log.Generation + 1);
        _session.Apply("COMMIT");
        _session.Apply("BEGIN IMMEDIATE");
        _log.Begin(_log.Generation + 1);
        _redo.ForgetStatements();
        _wal ??= File.OpenHandle(_walPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        _synced = Task.Run(() => RedoLog.Sync(_wal));
    }

    private void SetGeneration(long generation) => _session.Apply("INSERT OR REPLACE INTO redo (only, generation) VALUES (1, ?1)", generation);
}
