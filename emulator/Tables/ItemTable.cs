using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tables;

/// <summary>
/// A DynamoDB table with a partition and a sort key and a stream of its changes (NEW_AND_OLD_IMAGES). Items are DynamoDB's
/// JSON, UTF-8, kept byte for byte. All members may be called from any thread.
/// </summary>
public sealed partial class ItemTable
{
    private readonly Database _database;
    private readonly TableSql _journal;
    private readonly TimeProvider _time;
    private readonly List<Func<long>> _readers = [];

    /// <summary>Belongs to units of work alone; a number that a rollback leaves out is only a gap.</summary>
    private long _sequence;
    private long _items;
    private long _inserted;
    private long _existing;
    private long _modified;
    private long _removed;
    private long _expired;

    private ItemTable(Database database, TableSql journal, TableOptions options, TimeProvider time, DatabaseConnection connection)
    {
        (_database, _journal, Options, _time) = (database, journal, options, time);
        _sequence = journal.LastSequence(connection);
        _items = journal.Count(connection);
        Log = new ChangeLog(database, journal, options, _sequence);
    }

    public TableOptions Options { get; }

    public TableStats Stats => new(
        Interlocked.Read(ref _items), Interlocked.Read(ref _inserted), Interlocked.Read(ref _existing),
        Interlocked.Read(ref _modified), Interlocked.Read(ref _removed), Interlocked.Read(ref _expired));

    internal ChangeLog Log { get; }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the table of that name with all that it held, or creates it.</summary>
    public static Task<ItemTable> OpenAsync(Database database, TableOptions options, TimeProvider time)
    {
        TableSql.Define(database);
        return database.InTransactionAsync(connection => new ItemTable(database, TableSql.Open(connection, options.Name), options, time, connection));
    }

    /// <summary>The item with that key in DynamoDB's JSON; null: there is none.</summary>
    public Task<ReadOnlyMemory<byte>?> GetAsync(string partitionKey, string sortKey) =>
        _database.InTransactionAsync(connection => _journal.Find(connection, partitionKey, sortKey) is { } item ? item.Json : (ReadOnlyMemory<byte>?)null);

    /// <summary>The items of a partition in the order of their sort keys (as UTF-8).</summary>
    /// <param name="partitionKey">Of all of them.</param>
    /// <param name="after">The sort key to start after; null: at the start, or at the end when descending.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="descending">From the end.</param>
    /// <returns>A page whose <see cref="ItemPage.Next"/> is the next call's <paramref name="after"/>.</returns>
    public Task<ItemPage> QueryAsync(string partitionKey, string? after = null, int limit = 100, bool descending = false) =>
        _database.InTransactionAsync(connection => _journal.Query(connection, partitionKey, after, limit, descending));

    /// <summary>All items, in the order in which they were inserted.</summary>
    /// <param name="after">The last page's <see cref="ItemPage.Next"/>; null: from the start.</param>
    /// <param name="limit">How many at most.</param>
    public Task<ItemPage> ScanAsync(string? after = null, int limit = 100) => _database.InTransactionAsync(connection => _journal.Scan(connection, after, limit));

    /// <summary>How many items there are.</summary>
    public Task<long> CountAsync() => Task.FromResult(Interlocked.Read(ref _items));

    /// <summary>A reader of the stream, by the change up to which it is done: what it has yet to read is not trimmed.</summary>
    internal void AddReader(Func<long> done)
    {
        lock (_readers)
        {
            _readers.Add(done);
        }
    }
}

/// <summary>The state of a table, and what happened since it was opened.</summary>
/// <param name="Items">In the table.</param>
/// <param name="Inserted">New items.</param>
/// <param name="Existing">Puts of an item that was there already and stayed as it was.</param>
/// <param name="Modified">Items replaced.</param>
/// <param name="Removed">Items deleted by users.</param>
/// <param name="Expired">Items deleted because their time to live was over.</param>
public sealed record TableStats(long Items, long Inserted, long Existing, long Modified, long Removed, long Expired);
