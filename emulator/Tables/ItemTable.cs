namespace DataToEvents.Emulator.Tables;

/// <summary>
/// A DynamoDB table with one key or two, secondary indexes and a stream of its changes. Items are DynamoDB's
/// JSON, UTF-8, kept byte for byte. All members may be called from any thread.
/// </summary>
public sealed class ItemTable
{
    private const int ExpiredAtOnce = 100;
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly TimeProvider _time;

    /// <summary>Replaced by one commit after the other.</summary>
    private volatile TableStats _stats;

    private ItemTable(Database database, TableSql sql, ItemTableOptions options, TimeProvider time, DatabaseConnection connection)
    {
        (_database, Sql, Options, _time) = (database, sql, options, time);
        _stats = new TableStats(sql.Count(connection), 0, 0, 0, 0, 0);
        Stream = new ChangeStream(database, sql, options, time, sql.LastSequence(connection), sql.Shards(connection));
    }

    /// <summary>Replaced as a whole when a client changes its table.</summary>
    public ItemTableOptions Options { get; internal set; }

    public TableStats Stats => _stats;

    internal TableSql Sql { get; }

    internal ChangeStream Stream { get; }

    /// <summary>Whether a client deleted the table. Only units of work set it.</summary>
    internal bool IsDeleted { get; set; }

    /// <summary>Opens the table of that name with all that it held, or creates it.</summary>
    public static Task<ItemTable> OpenAsync(Database database, ItemTableOptions options, TimeProvider time)
    {
        TableSql.Define(database);
        return database.InTransactionAsync(connection =>
        {
            var sql = TableSql.Open(connection, options.Name);
            sql.Divide(connection, options.Partitions);
            return new ItemTable(database, sql, options, time, connection);
        });
    }

    /// <summary>The item with that key in DynamoDB's JSON; null: there is none.</summary>
    public Task<ReadOnlyMemory<byte>?> GetAsync(string partitionKey, string sortKey) => TransactAsync(transaction => transaction.Get(partitionKey, sortKey));

    /// <summary>The items of a partition in the order of their sort keys (as UTF-8).</summary>
    /// <param name="partitionKey">The partition key of all of them.</param>
    /// <param name="after">The sort key to start after; null: at the start, or at the end when descending.</param>
    /// <param name="limit">How many items at most.</param>
    /// <param name="descending">Whether to read from the end.</param>
    /// <returns>A page whose <see cref="ItemPage.Next"/> is the next call's <paramref name="after"/>.</returns>
    public Task<ItemPage> QueryAsync(string partitionKey, string? after = null, int limit = 100, bool descending = false) =>
        _database.InTransactionAsync(connection => Sql.Query(connection, partitionKey, after, limit, descending));

    /// <summary>All items, in the order in which they were inserted.</summary>
    /// <param name="after">The last page's <see cref="ItemPage.Next"/>; null: from the start.</param>
    /// <param name="limit">How many items at most.</param>
    public Task<ItemPage> ScanAsync(string? after = null, int limit = 100) => _database.InTransactionAsync(connection => Sql.Scan(connection, after, limit));

    /// <summary>Items of the table, or of an index, in the order of its keys (as UTF-8).</summary>
    /// <param name="index">The index; null: the table.</param>
    /// <param name="after">The keys to start after, whether or not there is an item with them; null: from the start.</param>
    /// <param name="limit">How many items at most. Fewer: there are no more.</param>
    internal Task<List<IndexedItem>> ScanByKeyAsync(SecondaryIndex? index, (ItemKey Place, ItemKey Key)? after, int limit)
    {
        var (place, key) = after ?? (new ItemKey("", ""), new ItemKey("", ""));
        return _database.InTransactionAsync(connection => index is null ? Sql.ScanByKey(connection, place, limit) : Sql.Entries.Scan(connection, index, place, key, limit));
    }

    /// <summary>Items of a partition of the table, or of an index.</summary>
    /// <param name="index">The index; null: the table.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="bound">The sort key at which to begin; null: at the first, or at the last when descending.</param>
    /// <param name="after">The item to begin after; null: with the bound itself.</param>
    /// <param name="limit">How many items at most.</param>
    /// <param name="descending">Whether to read from the end.</param>
    internal Task<List<IndexedItem>> RangeAsync(SecondaryIndex? index, string partition, string? bound, ItemKey? after, int limit, bool descending) => _database.InTransactionAsync(
        connection => index is null
            ? Sql.Range(connection, partition, bound, isAfter: after is not null, limit, descending)
            : Sql.Entries.Range(connection, index, partition, bound, after, limit, descending));

    /// <summary>How many items an index has.</summary>
    internal Task<long> CountAsync(SecondaryIndex index) => _database.InTransactionAsync(connection => Sql.Entries.Count(connection, index));

    /// <summary>Empties the indexes that are gone, and fills those that are new.</summary>
    internal void Change(DatabaseConnection connection, ItemTableOptions before, ItemTableOptions after)
    {
        if (before.TimeToLiveAttribute != after.TimeToLiveAttribute)
        {
            Sql.FillExpiry(connection, after.TimeToLiveAttribute);
        }

        foreach (var gone in before.Indexes.Where(index => after.Indexes.All(other => other.Number != index.Number)))
        {
            Sql.Entries.Clear(connection, gone);
        }

        var added = after.Indexes.Where(index => before.Indexes.All(other => other.Number != index.Number)).ToList();
        if (added.Count > 0)
        {
            Sql.FillIndexes(connection, added);
        }
    }

    /// <summary>How many items there are.</summary>
    public Task<long> CountAsync() => Task.FromResult(Stats.Items);

    /// <summary>Inserts each item unless there is one with its key; all in one unit of work.</summary>
    /// <param name="items">In DynamoDB's JSON; copied by the table.</param>
    /// <returns>An outcome for each item, in their order: Inserted, AlreadyExists or Invalid.</returns>
    /// <exception cref="ServiceException">Two items have one key: as BatchExecuteStatement does, the call fails as a whole.</exception>
    public Task<IReadOnlyList<PutOutcome>> PutIfAbsentAsync(IReadOnlyList<ReadOnlyMemory<byte>> items) => PutIfAbsentAsync([.. items.Select(Parse)]);

    /// <inheritdoc cref="PutIfAbsentAsync(IReadOnlyList{ReadOnlyMemory{byte}})"/>
    /// <param name="items">Written by this process.</param>
    public Task<IReadOnlyList<PutOutcome>> PutIfAbsentAsync(IReadOnlyList<ItemWriter> items) => PutIfAbsentAsync([.. items.Select(item => Checked(item.Item))]);

    private async Task<IReadOnlyList<PutOutcome>> PutIfAbsentAsync((TableItem? Item, PutOutcome? Refused)[] parsed)
    {
        ThrowIfTwice(parsed);
        return await TransactAsync(transaction => Array.ConvertAll(parsed, item => item.Item is { } valid ? transaction.Insert(valid) : item.Refused!));
    }

    /// <summary>Inserts an item or replaces the one with its key.</summary>
    /// <param name="item">In DynamoDB's JSON; copied by the table.</param>
    /// <returns>Inserted, Replaced, Invalid, or AlreadyExists when the very same item was there: that is no change.</returns>
    public async Task<PutOutcome> PutAsync(ReadOnlyMemory<byte> item)
    {
        var (valid, refused) = Parse(item);
        return valid is null ? refused! : await TransactAsync(transaction => transaction.Put(valid));
    }

    /// <summary>Deletes the item with that key.</summary>
    /// <param name="partitionKey">The item's partition key.</param>
    /// <param name="sortKey">The item's sort key.</param>
    /// <param name="byTimeToLive">Whether the stream names DynamoDB's time to live as the one who deleted it.</param>
    /// <returns>The item as it was; null: there was none.</returns>
    public Task<ReadOnlyMemory<byte>?> DeleteAsync(string partitionKey, string sortKey, bool byTimeToLive = false) =>
        TransactAsync(transaction => transaction.Delete(partitionKey, sortKey, byTimeToLive));

    /// <summary>
    /// Splits the shard of the stream that holds a partition key, as DynamoDB does when the partition behind it is hot or full. Readers of the stream read the shard to its end
    /// before the two that go on with its items.
    /// </summary>
    /// <param name="partitionKey">Any; there need be no item.</param>
    /// <param name="withinPartitionKey">
    /// Whether the items with this partition key are divided, too: DynamoDB divides them by their sort keys when they alone are hot, or hold 10 GB. From then on
    /// their changes are in two shards, and only those of one and the same item have an order.
    /// </param>
    /// <returns>False: the shard is as small as it can be.</returns>
    public async Task<bool> SplitShardAsync(string partitionKey, bool withinPartitionKey = false) =>
        await Stream.SplitAsync(ItemKey.Place(partitionKey, ""), withinPartitionKey) is not null;

    /// <summary>Once a minute until cancelled: deletes expired items and trims the stream.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(HousekeepingInterval, _time, cancellationToken);
                await KeepHouseAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    internal async Task KeepHouseAsync()
    {
        await ExpireAsync();
        await Stream.TrimAsync();
    }

    /// <summary>Deletes the items whose time to live is over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync()
    {
        var (total, deleted) = (0, ExpiredAtOnce);
        while (deleted == ExpiredAtOnce)
        {
            deleted = await TransactAsync(static transaction => transaction.Expire(ExpiredAtOnce));
            total += deleted;
        }

        return total;
    }

    /// <summary>Reads and writes as one unit of work; what <paramref name="work"/> throws undoes all of it and comes out of the task.</summary>
    /// <param name="work">The reads and writes.</param>
    /// <param name="mayThrow">Whether the work often throws after it has written, see <see cref="Database.InTransactionAsync{T}"/>.</param>
    public Task<T> TransactAsync<T>(Func<ItemTransaction, T> work, bool mayThrow = false)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        ItemTransaction? transaction = null;
        return _database.InTransactionAsync(
            connection => work(transaction = new ItemTransaction(this, connection, now)),
            _ => Committed(transaction!),
            mayThrow);
    }

    /// <summary>Reads and writes in several tables of one database as one unit of work, as <see cref="TransactAsync{T}(Func{ItemTransaction, T}, bool)"/> does in one.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="work">Gets the transaction of each table by its table.</param>
    /// <param name="mayThrow">Whether the work often throws after it has written, see <see cref="Database.InTransactionAsync{T}"/>.</param>
    internal static Task<T> TransactAsync<T>(IReadOnlyCollection<ItemTable> tables, Func<IReadOnlyDictionary<ItemTable, ItemTransaction>, T> work, bool mayThrow = false)
    {
        var times = tables.Distinct().ToDictionary(table => table, table => table._time.GetUtcNow().ToUnixTimeMilliseconds());
        var database = times.Keys.First()._database;
        if (times.Keys.Any(table => table._database != database))
        {
            throw new ArgumentException("The tables of a transaction are in one database.", nameof(tables));
        }

        Dictionary<ItemTable, ItemTransaction> transactions = [];
        return database.InTransactionAsync(
            connection => work(transactions = times.ToDictionary(time => time.Key, time => new ItemTransaction(time.Key, connection, time.Value))),
            _ =>
            {
                foreach (var (table, transaction) in transactions)
                {
                    table.Committed(transaction);
                }
            },
            mayThrow);
    }

    private static void ThrowIfTwice((TableItem? Item, PutOutcome? Refused)[] items)
    {
        for (var i = 1; i < items.Length; i++)
        {
            for (var before = 0; before < i; before++)
            {
                if (items[i].Item is { } item && items[before].Item is { } other && item.SortKey == other.SortKey && item.PartitionKey == other.PartitionKey)
                {
                    throw new ServiceException("ValidationException", "Provided list of item keys contains duplicates");
                }
            }
        }
    }

    private (TableItem? Item, PutOutcome? Refused) Parse(ReadOnlyMemory<byte> json) => Checked(() => TableItem.Parse(json, Options));

    private static (TableItem? Item, PutOutcome? Refused) Checked(Func<TableItem> item)
    {
        try
        {
            return (item(), null);
        }
        catch (ServiceException refused)
        {
            return (null, new PutOutcome.Invalid(refused.Code, refused.Message));
        }
    }

    private void Committed(ItemTransaction transaction)
    {
        if (transaction.Changes.Count > 0 || transaction.Existing > 0)
        {
            _stats = _stats.After(transaction.Changes, transaction.Existing);
        }

        if (transaction.Changes.Count > 0 && Options.HasStream)
        {
            Stream.Append(transaction.Changes);
        }
    }
}
