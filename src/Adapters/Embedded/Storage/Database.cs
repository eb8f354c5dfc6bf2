using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Adapters.Embedded.Storage;

/// <summary>
/// One SQLite file (WAL) shared by all embedded services, with one writer. Units of work from every hop are committed in
/// groups: a task returned by <see cref="WriteAsync{T}"/> completes only when its work is durable.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>How many units of work one commit takes at most; bounds the latency of the first of them.</summary>
    private const int MaxGroup = 512;

    private readonly SqliteConnection _connection;
    private readonly Session _session;
    private readonly MemoryTurns? _turns;
    private readonly BlockingCollection<UnitOfWork>? _queue;
    private readonly Thread? _writer;

    private Database(SqliteConnection connection, Session session, MemoryTurns turns) =>
        (_connection, _session, _turns) = (connection, session, turns);

    private Database(SqliteConnection connection, bool grouped)
    {
        _connection = connection;
        _session = new Session(connection);
        if (!grouped)
        {
            return;
        }

        _queue = [];
        _writer = new Thread(() => CommitGroups(_queue)) { Name = "database writer", IsBackground = true };
        _writer.Start();
    }

    /// <summary>A durable database: one file in WAL mode, every commit synced, written by a thread of its own.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, is no database, or is held by another process.</exception>
    public static Database OpenFile(string path)
    {
        var connection = Open(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 });
        Run(connection, "PRAGMA locking_mode = EXCLUSIVE");
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA wal_autocheckpoint = 4000");
        Run(connection, "PRAGMA cache_size = -65536");
        return new Database(connection, grouped: true);
    }

    /// <summary>A database in memory that commits each unit of work at once, in the caller's context: for deterministic runs.</summary>
    public static Database OpenInMemory() =>
        new(Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false }), grouped: false);

    /// <summary>
    /// A database in memory that commits in groups as one on disk does, each group in a turn of <paramref name="context"/>: between
    /// the call, the commit and what follows it others have their turns, always in the same order.
    /// </summary>
    public static Database OpenInMemory(SynchronizationContext context)
    {
        var connection = Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
        return new Database(connection, new Session(connection), new MemoryTurns(context));
    }

    /// <summary>
    /// What a process finds that starts after this one was killed: all that was committed. This object does nothing any more; what it
    /// was given and had not committed is gone, and whoever waits for it waits for ever.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not in memory with a context of its own.</exception>
    public Database Restart()
    {
        var turns = _turns ?? throw new InvalidOperationException("Only a database in memory with a context can be left behind.");
        return new Database(_connection, _session, turns.Restart());
    }

    /// <summary>Runs statements that create tables; call before any other work.</summary>
    public void Define(string schema) => Run(_connection, schema);

    /// <summary>
    /// Runs a unit of work inside a transaction and completes once that is committed. Units of work run in the order
    /// of the calls. One that throws is rolled back alone; its exception comes out of the returned task.
    /// </summary>
    /// <param name="work">Reads and writes; leaves memory alone, as it may be rolled back.</param>
    /// <param name="committed">
    /// Carries the result over into memory: runs after the commit, before the task completes, and in the order of the calls,
    /// which continuations of the tasks do not promise. Short, and never throws.
    /// </param>
    public Task<T> WriteAsync<T>(Func<Session, T> work, Action<T>? committed = null)
    {
        var unit = new UnitOfWork<T>(work, committed);
        if (_turns is not null)
        {
            _turns.Add(unit, CommitGroup);
        }
        else if (_queue is null)
        {
            CommitGroup([unit]);
        }
        else
        {
            _queue.Add(unit);
        }

        return unit.Completion;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<Session> work, Action? committed = null) => WriteAsync(
        session =>
        {
            work(session);
            return true;
        },
        committed is null ? null : _ => committed());

    /// <summary>Finishes the work that was handed in and closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        _queue?.CompleteAdding();
        _writer?.Join();
        _queue?.Dispose();
        _session.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private void CommitGroups(BlockingCollection<UnitOfWork> queue)
    {
        var group = new List<UnitOfWork>(MaxGroup);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MaxGroup && queue.TryTake(out var unit))
            {
                group.Add(unit);
            }

            CommitGroup(group);
            group.Clear();
        }
    }

    private void CommitGroup(List<UnitOfWork> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var unit in group)
            {
                RunInSavepoint(unit);
            }

            _session.Execute("COMMIT");
        }
        catch (SqliteException fault)
        {
            RollBack();
            group.ForEach(unit => unit.Fail(fault));
            return;
        }

        group.ForEach(static unit => unit.Complete());
    }

    private void RunInSavepoint(UnitOfWork unit)
    {
        _session.Execute("SAVEPOINT unit");
        if (!unit.TryRun(_session))
        {
            _session.Execute("ROLLBACK TO unit");
        }

        _session.Execute("RELEASE unit");
    }

    private void RollBack()
    {
        // A full disk or an I/O error may have ended the transaction already.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _session.Execute("ROLLBACK");
        }
    }

    private static SqliteConnection Open(SqliteConnectionStringBuilder settings)
    {
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
