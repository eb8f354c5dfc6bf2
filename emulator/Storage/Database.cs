using Microsoft.Data.Sqlite;

namespace DataToEvents.Emulator.Storage;

/// <summary>
/// One SQLite file shared by all embedded services, with one writer. Units of work from every hop are made durable in groups: a task
/// returned by <see cref="InTransactionAsync{T}"/> completes only when its work is.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly SqliteConnection _sqlite;
    private readonly DatabaseConnection _connection;
    private readonly DurableWriter? _writer;
    private readonly MemoryTurns? _turns;

    private Database(SqliteConnection sqlite, DatabaseConnection connection, DurableWriter? writer = null, MemoryTurns? turns = null) =>
        (_sqlite, _connection, _writer, _turns) = (sqlite, connection, writer, turns);

    /// <summary>Completes, with a <see cref="DatabaseFaultException"/>, when the disk has failed it: it takes nothing any more.</summary>
    public Task Stopped => _writer?.Stopped ?? Never;

    /// <summary>A durable database, written by a thread of its own: see <see cref="DurableWriter"/>.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, is no database, or is held by another process.</exception>
    /// <exception cref="DamagedLogException">What was acknowledged is not all there.</exception>
    /// <exception cref="IOException">The log beside it cannot be opened.</exception>
    public static Database OpenFile(string path) => OpenFile(path, new LocalDisk());

    /// <inheritdoc cref="OpenFile(string)"/>
    internal static Database OpenFile(string path, IDisk disk, long generationBytes = DurableWriter.GenerationBytes)
    {
        var sqlite = Open(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 });
        var connection = new DatabaseConnection(sqlite.Handle!);
        try
        {
            Run(sqlite, "PRAGMA locking_mode = EXCLUSIVE");
            Run(sqlite, "PRAGMA journal_mode = WAL");
            Run(sqlite, "PRAGMA synchronous = NORMAL");
            Run(sqlite, "PRAGMA wal_autocheckpoint = 16000");
            Run(sqlite, "PRAGMA cache_size = -32768");
            Run(sqlite, "PRAGMA temp_store = MEMORY");
            return new Database(sqlite, connection, new DurableWriter(connection, path, disk, generationBytes));
        }
        catch
        {
            // With a statement open the file would stay locked.
            connection.Dispose();
            sqlite.Dispose();
            throw;
        }
    }

    /// <summary>A database in memory that commits each unit of work at once, in the caller's context: for deterministic runs.</summary>
    public static Database OpenInMemory()
    {
        var sqlite = Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
        return new Database(sqlite, new DatabaseConnection(sqlite.Handle!));
    }

    /// <summary>
    /// A database in memory that commits in groups as one on disk does, each group in a turn of <paramref name="context"/>: between
    /// the call, the commit and what follows it others have their turns, always in the same order.
    /// </summary>
    public static Database OpenInMemory(SynchronizationContext context)
    {
        var sqlite = Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
        return new Database(sqlite, new DatabaseConnection(sqlite.Handle!), turns: new MemoryTurns(context));
    }

    /// <summary>
    /// What a process finds that starts after this one was killed: all that was committed. This object does nothing any more; what it
    /// was given and had not committed is gone, and whoever waits for it waits for ever.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not in memory with a context of its own.</exception>
    public Database Restart()
    {
        var turns = _turns ?? throw new InvalidOperationException("Only a database in memory with a context can be left behind.");
        return new Database(_sqlite, _connection, turns: turns.Restart());
    }

    /// <summary>Runs statements that create tables, each ended by a semicolon; not from within a unit of work.</summary>
    public void Define(string schema)
    {
        var statements = schema.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Define(connection => Array.ForEach(statements, statement => connection.Execute(statement)));
    }

    /// <summary>Adds a column to a table that an earlier version made without it.</summary>
    public void DefineColumn(string table, string column, string type) => Define(connection =>
    {
        if ((long)connection.Scalar("SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2", table, column)! == 0)
        {
            connection.Execute($"ALTER TABLE {table} ADD COLUMN {column} {type}");
        }
    });

    private void Define(Action<DatabaseConnection> change)
    {
        var unit = new UnitOfWork<bool>(
            connection =>
            {
                change(connection);
                return true;
            },
            committed: null);
        if (_writer is null)
        {
            RunAtOnce([unit]);
        }
        else
        {
            _writer.Add(unit);
        }

        unit.Completion.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Runs a unit of work inside a transaction and completes once that is durable. Units of work run in the order
    /// of the calls. One that throws is rolled back alone; its exception comes out of the returned task.
    /// </summary>
    /// <param name="work">
    /// Reads and writes; leaves memory alone, as it may be rolled back, and run again: what it collects it collects anew each time.
    /// </param>
    /// <param name="committed">
    /// Carries the result over into memory: runs after the commit, before the task completes, and in the order of the calls,
    /// which continuations of the tasks do not promise. Short, and never throws.
    /// </param>
    public Task<T> InTransactionAsync<T>(Func<DatabaseConnection, T> work, Action<T>? committed = null)
    {
        var unit = new UnitOfWork<T>(work, committed);
        if (_turns is not null)
        {
            _turns.Add(unit, RunAtOnce);
        }
        else if (_writer is not null)
        {
            _writer.Add(unit);
        }
        else
        {
            RunAtOnce([unit]);
        }

        return unit.Completion;
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Action<DatabaseConnection> work, Action? committed = null) => InTransactionAsync(
        connection =>
        {
            work(connection);
            return true;
        },
        committed is null ? null : _ => committed());

    /// <summary>Finishes the work that was handed in and closes the file.</summary>
    /// <exception cref="DatabaseFaultException">The disk failed the closing itself. What was acknowledged is there at the next start.</exception>
    public ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        _connection.Dispose();
        _sqlite.Dispose();
        return _writer?.FaultAtClose is { } fault ? ValueTask.FromException(fault) : ValueTask.CompletedTask;
    }

    private void RunAtOnce(List<IUnitOfWork> group)
    {
        var outcome = new GroupRun(_connection).Run(group);
        outcome.HandOut();
    }

    private static SqliteConnection Open(SqliteConnectionStringBuilder settings)
    {
        var sqlite = new SqliteConnection(settings.ConnectionString);
        sqlite.Open();
        return sqlite;
    }

    private static void Run(SqliteConnection sqlite, string sql)
    {
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
