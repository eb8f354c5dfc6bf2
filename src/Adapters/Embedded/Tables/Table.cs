using DataToEvents.Adapters.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>A DynamoDB table with string keys <c>pk</c> and <c>sk</c> and a change stream. What it acknowledged is on disk.</summary>
public sealed class Table
{
    /// <summary>Items that one sweep removes at most, so that it does not hold up others.</summary>
    private const int SweepBatch = 1_000;

    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly TableSql _sql;
    private readonly List<IChangeReader> _readers = [];
    private long _sequence;
    private long _inserted;
    private long _existed;

    private Table(Database database, TableOptions options, TimeProvider time, TableSql sql) =>
        (_database, Options, _time, _sql) = (database, options, time, sql);

    public TableOptions Options { get; }

    /// <summary>Conditional puts since the table was opened: how many inserted, and how many met an item.</summary>
    public (long Inserted, long Existed) Stats => (Interlocked.Read(ref _inserted), Interlocked.Read(ref _existed));

    /// <summary>Opens the table of that name with all that it holds, or creates it.</summary>
    /// <exception cref="TableException">The name is none.</exception>
    public static async Task<Table> OpenAsync(Database database, TableOptions options, TimeProvider time)
    {
        options.Validate();
        var sql = new TableSql(options.Name);
        database.Define(sql.Schema);
        var table = new Table(database, options, time, sql);
        table._sequence = await database.WriteAsync(session => (long)session.Scalar(sql.LastSequence)!);
        return table;
    }

    /// <summary>Inserts what is absent; all in one unit of work.</summary>
    /// <returns>One outcome for each item, in order.</returns>
    public async Task<IReadOnlyList<PutOutcome>> PutIfAbsentAsync(IReadOnlyList<TableItem> items)
    {
        var outcomes = await WriteAsync(table => items
            .Select(item => item.Fault() is { } fault ? new PutOutcome(null, fault) : new PutOutcome(table.PutIfAbsent(item), null))
            .ToArray());
        Interlocked.Add(ref _inserted, outcomes.Count(outcome => outcome.Inserted));
        Interlocked.Add(ref _existed, outcomes.Count(outcome => outcome.Existing is not null));
        return outcomes;
    }

    /// <summary>Housekeeping until cancelled: expired items go, old change records are forgotten.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(HousekeepingInterval, _time, cancellationToken);
                await SweepExpiredAsync();
                await TrimChangesAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Any reads and writes as one transaction; what <paramref name="work"/> throws undoes it.</summary>
    public async Task<T> WriteAsync<T>(Func<TableSession, T> work)
    {
        var (result, _) = await _database.WriteAsync(
            session =>
            {
                var table = new TableSession(session, _sql, () => ++_sequence, _time.GetUtcNow().ToUnixTimeMilliseconds());
                return (Result: work(table), table.Changes);
            },
            written => Announce(written.Changes));
        return result;
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string pk, string sk) => WriteAsync(table => table.Get(pk, sk));

    /// <summary>Items of one partition, in the order of their sort keys.</summary>
    /// <param name="pk">The partition.</param>
    /// <param name="from">Least sort key, inclusive.</param>
    /// <param name="to">Greatest sort key, inclusive; null for no bound.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="descending">Greatest first.</param>
    public Task<IReadOnlyList<TableItem>> QueryAsync(string pk, string from = "", string? to = null, int limit = 1_000, bool descending = false) =>
        ReadAsync(descending ? _sql.QueryDown : _sql.QueryUp, pk, from, to, limit);

    /// <summary>Items in the order of their insertion, a page at a time.</summary>
    /// <returns>The page, and where the next one begins; null after the last.</returns>
    public async Task<(IReadOnlyList<TableItem> Items, long? Next)> ScanAsync(long after = 0, int limit = 1_000)
    {
        var rows = await _database.WriteAsync(session => session.Query(_sql.Scan, StoredItem.Read, after, limit));
        return ([.. rows.Select(ToItem)], rows.Count == limit ? rows[^1].Position : null);
    }

    public Task<long> CountAsync() => _database.WriteAsync(session => (long)session.Scalar(_sql.Count)!);

    /// <summary>Removes items whose time to live is over, in the table's own name.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepExpiredAsync()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var removed = await _database.WriteAsync(
            session =>
            {
                var table = new TableSession(session, _sql, () => ++_sequence, _time.GetUtcNow().ToUnixTimeMilliseconds());
                foreach (var (pk, sk) in session.Query(_sql.Expired, row => (row.GetString(0), row.GetString(1)), now, SweepBatch))
                {
                    table.Delete(pk, sk, byExpiry: true);
                }

                return table.Changes;
            },
            Announce);
        return removed.Count;
    }

    /// <summary>Forgets change records older than the retention.</summary>
    public Task TrimChangesAsync() => Options.ChangeRetention is null
        ? Task.CompletedTask
        : _database.WriteAsync(session => session.Execute(_sql.Trim, OldestChangeMs));

    /// <summary>Change records after a sequence, in order. Runs in the order of all writes; <paramref name="read"/> does, too, before later changes are announced.</summary>
    internal Task<List<ChangeRecord>> ReadChangesAsync(long after, int limit, Action<List<ChangeRecord>> read) =>
        _database.WriteAsync(session => session.Query(_sql.Changes, Change, after, OldestChangeMs, limit), read);

    internal Task<Dictionary<int, long>> CheckpointsAsync(string reader) => _database.WriteAsync(session => session
        .Query(_sql.Checkpoints, row => (Lane: row.GetInt32(0), Sequence: row.GetInt64(1)), reader)
        .ToDictionary(row => row.Lane, row => row.Sequence));

    internal Task SetCheckpointAsync(string reader, int lane, long sequence) =>
        _database.WriteAsync(session => session.Execute(_sql.SetCheckpoint, reader, lane, sequence));

    /// <summary>From here on the reader hears of every change, in order.</summary>
    internal void Subscribe(IChangeReader reader) => _readers.Add(reader);

    private long OldestChangeMs => Options.ChangeRetention is { } kept ? (_time.GetUtcNow() - kept).ToUnixTimeMilliseconds() : long.MinValue;

    private async Task<IReadOnlyList<TableItem>> ReadAsync(string sql, string pk, string from, string? to, int limit)
    {
        var rows = await _database.WriteAsync(session => session.Query(sql, StoredItem.Read, pk, from, to, limit));
        return [.. rows.Select(ToItem)];
    }

    private void Announce(IReadOnlyList<ChangeRecord> changes)
    {
        if (changes.Count > 0)
        {
            _readers.ForEach(reader => reader.OnChanges(changes));
        }
    }

    private static TableItem ToItem(StoredItem stored) => new(stored.Pk, stored.Sk, stored.Json);

    private static ChangeRecord Change(SqliteDataReader row) => new(
        row.GetInt64(0), (ChangeKind)row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt64(4), Image(row, 5), Image(row, 6), row.GetBoolean(7));

    private static ReadOnlyMemory<byte>? Image(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : (ReadOnlyMemory<byte>)(byte[])row.GetValue(column);
}

/// <summary>Hears of changes in their order, on the database's writer: must be quick and must not throw.</summary>
internal interface IChangeReader
{
    void OnChanges(IReadOnlyList<ChangeRecord> changes);
}
