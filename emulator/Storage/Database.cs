using Microsoft.Data.Sqlite;

namespace DataToEvents.Emulator.Storage;

/// <summary>
/// One SQLite file that all services of the emulator share, with one writer. Units of work from all services are made durable in groups. A task
/// returned by <see cref="InTransactionAsync{T}"/> completes only when its work is durable.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The page size of a new file. An older file keeps its own. With 4 KB the host takes a tenth more processor time an event.</summary>
    private const int PageBytes = 16_384;

    /// <summary>The size of the WAL, in bytes, at which SQLite copies it into the file.</summary>
    private const long CheckpointBytes = 64_000_000;

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly SqliteConnection _sqlite;
    private readonly DatabaseConnection _connection;
    private readonly DurableWriter? _writer;
    private readonly MemoryTurns? _turns;

    /// <summary>Held by the unit of work that runs in a database in memory without turns.</summary>
    private readonly Lock _oneAtATime = new();

    static Database()
    {
        // SQLite would count the bytes that it uses, under a lock that all connections of the process share. Nobody reads that number.
        // It answers MISUSE, and goes on counting, if somebody else has begun to use it in this process.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private Database(SqliteConnection sqlite, DatabaseConnection connection, DurableWriter? writer = null, MemoryTurns? turns = null) =>
        (_sqlite, _connection, _writer, _turns) = (sqlite, connection, writer, turns);

    /// <summary>Fails with a <see cref="DatabaseFaultException"/> when the disk has failed. The database then takes no more work.</summary>
    public Task Stopped => _writer?.Stopped ?? Never;

    /// <summary>Opens a durable database, or creates it. A thread of its own writes it: see <see cref="DurableWriter"/>.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, is not a database, or is in use by another process.</exception>
    /// <exception cref="DamagedLogException">Some of what was acknowledged is missing.</exception>
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
            Run(sqlite, $"PRAGMA page_size = {PageBytes}");
            Run(sqlite, "PRAGMA journal_mode = WAL");
            Run(sqlite, "PRAGMA synchronous = NORMAL");
            Run(sqlite, $"PRAGMA wal_autocheckpoint = {CheckpointBytes / (long)connection.Scalar("PRAGMA page_size")!}");
            Run(sqlite, "PRAGMA cache_size = -32768");
            Run(sqlite, "PRAGMA temp_store = MEMORY");
            return new Database(sqlite, connection, new DurableWriter(connection, path, disk, generationBytes));
        }
        catch
        {
            // The file would stay locked while a statement is open.
            connection.Dispose();
            sqlite.Dispose();
            throw;
        }
    }

    /// <summary>Opens an empty database in memory. Each unit of work is committed at once, inside the call. Any thread may call.</summary>
    public static Database OpenInMemory() => OpenInMemory(turns: null);

    /// <summary>
    /// Opens an empty database in memory that commits in groups as one on disk does, each group in a later turn of <paramref name="context"/>.
    /// Other work then runs between the call, the commit and what follows, always in the same order.
    /// </summary>
    public static Database OpenInMemory(SynchronizationContext context) => OpenInMemory(new MemoryTurns(context));

    /// <summary>
    /// Makes the database that a process would find that starts after this one was killed: it holds all that was committed. This object does nothing any more.
    /// Its work that was not committed is lost, and the tasks of that work never complete.
    /// </summary>
    /// <exception cref="InvalidOperationException">The database is not one in memory with a context.</exception>
    public Database Restart()
    {
        var turns = _turns ?? throw new InvalidOperationException("Only a database in memory with a context can be restarted.");
        return new Database(_sqlite, _connection, turns: turns.Restart());
    }

    /// <summary>Runs statements that create tables, each with a semicolon at its end. Not to be called from within a unit of work.</summary>
    public void Define(string schema)
    {
        var statements = schema.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Define(connection => Array.ForEach(statements, statement => connection.Execute(statement)));
    }

    /// <summary>Adds a column to a table that an earlier version created without it.</summary>
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
    /// Runs a unit of work inside a transaction and completes when it is durable. Units of work run in the order
    /// of the calls. If one throws, it alone is rolled back, and its exception comes out of the returned task.
    /// </summary>
    /// <param name="work">
    /// Reads and writes the database. It must not change memory, because it may be rolled back or run again; a list that it fills it has to clear first.
    /// </param>
    /// <param name="committed">
    /// Brings the result into memory: runs after the commit, before the task completes, and in the order of the calls
    /// (continuations of the tasks have no such order). It must be short and must not throw.
    /// </param>
    /// <param name="mayThrow">
    /// Whether the work often throws after it has changed something. It then runs under a savepoint of its own, which makes it a little slower. Any other work that
    /// throws after a change makes the database run up to 32 MB of its log again.
    /// </param>
    public Task<T> InTransactionAsync<T>(Func<DatabaseConnection, T> work, Action<T>? committed = null, bool mayThrow = false)
    {
        var unit = new UnitOfWork<T>(work, committed, mayThrow);
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

    /// <summary>Finishes the work that is waiting and closes the file.</summary>
    /// <exception cref="DatabaseFaultException">The disk failed during the close. What was acknowledged is there at the next start.</exception>
    public ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        _connection.Dispose();
        _sqlite.Dispose();
        return _writer?.FaultAtClose is { } fault ? ValueTask.FromException(fault) : ValueTask.CompletedTask;
    }

    private void RunAtOnce(List<IUnitOfWork> group)
    {
        lock (_oneAtATime)
        {
            new GroupRun(_connection).Run(group).Complete();
        }
    }

    private static Database OpenInMemory(MemoryTurns? turns)
    {
        var sqlite = Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
        return new Database(sqlite, new DatabaseConnection(sqlite.Handle!), turns: turns);
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
