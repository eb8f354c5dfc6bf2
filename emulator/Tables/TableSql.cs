namespace DataToEvents.Emulator.Tables;

/// <summary>
/// A table and its change stream in SQLite. Items are appended; an item's row id is the sequence number of the change that
/// inserted it (the table in the upper bits), so that an insertion is one row: item and INSERT record at once. Only changes
/// of existing items have rows of their own, and before the first of them the INSERT record of the item as it was is saved in a row of its own.
/// </summary>
internal sealed class TableSql
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, horizon INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE IF NOT EXISTS table_items (
            id INTEGER PRIMARY KEY, created INTEGER NOT NULL, expires INTEGER, tbl INTEGER NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, item BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS table_items_key ON table_items (tbl, pk, sk);
        CREATE INDEX IF NOT EXISTS table_items_expires ON table_items (tbl, expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS table_changes (
            id INTEGER PRIMARY KEY, created INTEGER NOT NULL, kind INTEGER NOT NULL, by_ttl INTEGER NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, old BLOB, new BLOB);
        CREATE TABLE IF NOT EXISTS table_shards (
            tbl INTEGER NOT NULL, number INTEGER NOT NULL, parent INTEGER, low INTEGER NOT NULL, high INTEGER NOT NULL, after INTEGER NOT NULL, until INTEGER NOT NULL,
            PRIMARY KEY (tbl, number)) WITHOUT ROWID;
        """;

    private const int SequenceBits = 44;
    private const long SequenceMask = (1L << SequenceBits) - 1;

    private readonly long _table;

    private TableSql(long table, long horizon) => (_table, Horizon, Entries) = (table, horizon, new IndexEntries(table));

    public IndexEntries Entries { get; }

    /// <summary>Changes up to here had been trimmed when the table was opened.</summary>
    public long Horizon { get; }

    public static void Define(Database database)
    {
        database.Define(Schema);
        IndexEntries.Define(database);
    }

    public static TableSql Open(DatabaseConnection connection, string name)
    {
        connection.Execute("INSERT OR IGNORE INTO tables (name) VALUES (?1)", name);
        return connection.Query("SELECT id, horizon FROM tables WHERE name = ?1", row => new TableSql(row.GetInt64(0), row.GetInt64(1)), name)[0];
    }

    /// <summary>Deletes the table with its items and its stream.</summary>
    public void DeleteTable(DatabaseConnection connection)
    {
        connection.Execute("DELETE FROM table_items WHERE id >= ?1 AND id <= ?2", RowId(0), RowId(SequenceMask));
        connection.Execute("DELETE FROM table_changes WHERE id >= ?1 AND id <= ?2", RowId(0), RowId(SequenceMask));
        connection.Execute("DELETE FROM table_shards WHERE tbl = ?1", _table);
        connection.Execute("DELETE FROM tables WHERE id = ?1", _table);
        Entries.Clear(connection);
    }

    public long LastSequence(DatabaseConnection connection)
    {
        var item = connection.Scalar("SELECT max(id) FROM table_items WHERE id >= ?1 AND id < ?2", RowId(0), RowId(SequenceMask));
        var change = connection.Scalar("SELECT max(id) FROM table_changes WHERE id >= ?1 AND id < ?2", RowId(0), RowId(SequenceMask));
        return Math.Max(Horizon, Math.Max(Sequence(item), Sequence(change)));
    }

    public long Count(DatabaseConnection connection) => (long)connection.Scalar("SELECT count(*) FROM table_items WHERE tbl = ?1", _table)!;

    /// <summary>The row of the item, or of the change, with that number.</summary>
    public long RowId(long sequence) => (_table << SequenceBits) + sequence;

    /// <returns>False: there is an item with that key.</returns>
    public bool Insert(DatabaseConnection connection, long sequence, long createdMs, TableItem item) => connection.Execute(
        "INSERT INTO table_items (id, created, expires, tbl, pk, sk, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (tbl, pk, sk) DO NOTHING",
        RowId(sequence), createdMs, item.ExpiresAt, _table, item.PartitionKey, item.SortKey, item.Json) == 1;

    public ItemRow? Find(DatabaseConnection connection, string partitionKey, string sortKey) => connection.Query(
        "SELECT id, created, pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk = ?3", Item, _table, partitionKey, sortKey).FirstOrDefault();

    public void Replace(DatabaseConnection connection, ItemRow old, TableItem item) => connection.Execute(
        "UPDATE table_items SET item = ?2, expires = ?3 WHERE id = ?1", RowId(old.Sequence), item.Json, item.ExpiresAt);

    public void Delete(DatabaseConnection connection, ItemRow item) => connection.Execute("DELETE FROM table_items WHERE id = ?1", RowId(item.Sequence));

    /// <summary>Saves the INSERT record of an item that changes, unless an earlier change of it did.</summary>
    public void SaveInsert(DatabaseConnection connection, ItemRow item) => connection.Execute(
        "INSERT OR IGNORE INTO table_changes (id, created, kind, by_ttl, pk, sk, new) VALUES (?1, ?2, 0, 0, ?3, ?4, ?5)",
        RowId(item.Sequence), item.CreatedMs, item.PartitionKey, item.SortKey, item.Json);

    public void Append(DatabaseConnection connection, ChangeRecord change) => connection.Execute(
        "INSERT INTO table_changes (id, created, kind, by_ttl, pk, sk, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        RowId(change.Sequence), change.CreatedMs, (int)change.Kind, change.ByTimeToLive ? 1 : 0, change.PartitionKey, change.SortKey, change.OldImage,
        change.NewImage.IsEmpty ? default(SqlValue) : change.NewImage);

    /// <summary>All changes of a range of sequence numbers, in order.</summary>
    public List<ChangeRecord> Changes(DatabaseConnection connection, long after, long upTo)
    {
        var changed = connection.Query(
            "SELECT id, kind, pk, sk, created, by_ttl, old, new FROM table_changes WHERE id > ?1 AND id <= ?2", Change, RowId(after), RowId(upTo));
        var saved = changed.Select(change => change.Sequence).ToHashSet();
        var inserted = connection.Query("SELECT id, 0, pk, sk, created, 0, NULL, item FROM table_items WHERE id > ?1 AND id <= ?2", Change, RowId(after), RowId(upTo));
        inserted.RemoveAll(change => saved.Contains(change.Sequence));
        return changed.Count == 0 ? inserted : [.. inserted.Concat(changed).OrderBy(change => change.Sequence)];
    }

    /// <summary>The shards of the stream, parents before their children.</summary>
    public List<Shard> Shards(DatabaseConnection connection)
    {
        var shards = connection.Query(
            "SELECT number, parent, low, high, after, until FROM table_shards WHERE tbl = ?1 ORDER BY number",
            row => new Shard(row.GetInt64(0), row.IsNull(1) ? null : row.GetInt64(1), (ulong)row.GetInt64(2), (ulong)row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)), _table);
        return shards.Count > 0 ? shards : Shard.First(1);
    }

    /// <summary>Gives a new table its partitions.</summary>
    public void Divide(DatabaseConnection connection, int partitions)
    {
        if (partitions > 1 && LastSequence(connection) == 0)
        {
            Shard.First(partitions).ForEach(shard => Save(connection, shard, Shard.StillOpen));
        }
    }

    public void Save(DatabaseConnection connection, Shard shard, long until) => connection.Execute(
        "INSERT OR REPLACE INTO table_shards (tbl, number, parent, low, high, after, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        _table, shard.Number, shard.Parent, (long)shard.Low, (long)shard.High, shard.After, until);

    public ItemPage Query(DatabaseConnection connection, string partitionKey, string? after, int limit, bool descending)
    {
        var sql = (after, descending) switch
        {
            (null, false) => "SELECT sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND ?3 IS NULL ORDER BY sk LIMIT ?4",
            (null, true) => "SELECT sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND ?3 IS NULL ORDER BY sk DESC LIMIT ?4",
            (_, false) => "SELECT sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk > ?3 ORDER BY sk LIMIT ?4",
            _ => "SELECT sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk < ?3 ORDER BY sk DESC LIMIT ?4",
        };
        return Page(connection.Query(sql, row => (row.GetString(0), row.GetBytes(1)), _table, partitionKey, after, limit + 1), limit);
    }

    /// <summary>Items of a partition in the order of their sort keys, from a sort key on.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="bound">The sort key at which to begin; null: at the first, or at the last when descending.</param>
    /// <param name="isAfter">Whether to begin behind the bound.</param>
    /// <param name="limit">How many items at most.</param>
    /// <param name="descending">Whether to read from the end.</param>
    public List<IndexedItem> Range(DatabaseConnection connection, string partition, string? bound, bool isAfter, int limit, bool descending)
    {
        var sql = (bound, descending, isAfter) switch
        {
            (null, false, _) => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND ?3 IS NULL ORDER BY sk LIMIT ?4",
            (null, true, _) => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND ?3 IS NULL ORDER BY sk DESC LIMIT ?4",
            (_, false, true) => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk > ?3 ORDER BY sk LIMIT ?4",
            (_, false, false) => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk >= ?3 ORDER BY sk LIMIT ?4",
            (_, true, true) => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk < ?3 ORDER BY sk DESC LIMIT ?4",
            _ => "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND pk = ?2 AND sk <= ?3 ORDER BY sk DESC LIMIT ?4",
        };
        return connection.Query(sql, Indexed, _table, partition, bound, limit);
    }

    public ItemPage Scan(DatabaseConnection connection, string? after, int limit)
    {
        var from = after is null ? 0 : long.Parse(after, null);
        var rows = connection.Query(
            "SELECT id, item FROM table_items WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3",
            row => ((row.GetInt64(0) & SequenceMask).ToString((IFormatProvider?)null), row.GetBytes(1)), RowId(from), RowId(SequenceMask), limit + 1);
        return Page(rows, limit);
    }

    /// <summary>Items in the order of their keys, as UTF-8.</summary>
    public List<IndexedItem> ScanByKey(DatabaseConnection connection, ItemKey after, int limit) => connection.Query(
        "SELECT pk, sk, item FROM table_items WHERE tbl = ?1 AND (pk, sk) > (?2, ?3) ORDER BY pk, sk LIMIT ?4", Indexed, _table, after.Partition, after.Sort, limit);

    /// <summary>Adds all items to new indexes. One whose key has another type is left out, as DynamoDB leaves it out.</summary>
    public void FillIndexes(DatabaseConnection connection, IReadOnlyList<SecondaryIndex> indexes) =>
        ForEach(connection, item => Entries.Add(connection, indexes, RowId(item.Sequence), new ItemKey(item.PartitionKey, item.SortKey), item.Json));

    /// <summary>Lets all items expire by another attribute.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="attribute">The attribute; null: no item expires.</param>
    public void FillExpiry(DatabaseConnection connection, string? attribute)
    {
        connection.Execute("UPDATE table_items SET expires = NULL WHERE tbl = ?1 AND expires IS NOT NULL", _table);
        if (attribute is not null)
        {
            ForEach(connection, item => SetExpiry(connection, item, TableItem.Expiry(item.Json, attribute)));
        }
    }

    public List<ItemRow> Expired(DatabaseConnection connection, long fromSeconds, long toSeconds, int limit) => connection.Query(
        "SELECT id, created, pk, sk, item FROM table_items WHERE tbl = ?1 AND expires IS NOT NULL AND expires > ?2 AND expires <= ?3 LIMIT ?4",
        Item, _table, fromSeconds, toSeconds, limit);

    /// <summary>The last change before that time, or the horizon.</summary>
    public long LastBefore(DatabaseConnection connection, long horizon, long timeMs)
    {
        var item = connection.Scalar("SELECT id FROM table_items WHERE id > ?1 AND id < ?2 AND created >= ?3 ORDER BY id LIMIT 1", RowId(horizon), RowId(SequenceMask), timeMs);
        var change = connection.Scalar("SELECT id FROM table_changes WHERE id > ?1 AND id < ?2 AND created >= ?3 ORDER BY id LIMIT 1", RowId(horizon), RowId(SequenceMask), timeMs);
        var first = Math.Min(item is null ? long.MaxValue : Sequence(item), change is null ? long.MaxValue : Sequence(change));
        return first == long.MaxValue ? LastSequence(connection) : first - 1;
    }

    public void Trim(DatabaseConnection connection, long horizon)
    {
        connection.Execute("DELETE FROM table_changes WHERE id >= ?1 AND id <= ?2", RowId(0), RowId(horizon));
        connection.Execute("UPDATE tables SET horizon = ?2 WHERE id = ?1", _table, horizon);
    }

    private void SetExpiry(DatabaseConnection connection, ItemRow item, long? seconds)
    {
        if (seconds is not null)
        {
            connection.Execute("UPDATE table_items SET expires = ?2 WHERE id = ?1", RowId(item.Sequence), seconds);
        }
    }

    private void ForEach(DatabaseConnection connection, Action<ItemRow> action)
    {
        const int AtOnce = 200;
        for (var (after, rows) = (0L, AtOnce); rows == AtOnce;)
        {
            var items = connection.Query(
                "SELECT id, created, pk, sk, item FROM table_items WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", Item, RowId(after), RowId(SequenceMask), AtOnce);
            items.ForEach(action);
            (after, rows) = (items.Count > 0 ? items[^1].Sequence : after, items.Count);
        }
    }

    private static ItemPage Page(List<(string Key, byte[] Item)> rows, int limit)
    {
        var more = rows.Count > limit;
        return new ItemPage([.. rows.Take(limit).Select(row => (ReadOnlyMemory<byte>)row.Item)], more ? rows[limit - 1].Key : null);
    }

    private static ItemRow Item(SqlRow row) =>
        new(row.GetInt64(0) & SequenceMask, row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetBytes(4));

    private static IndexedItem Indexed(SqlRow row)
    {
        var key = new ItemKey(row.GetString(0), row.GetString(1));
        return new IndexedItem(key, key, row.GetBytes(2));
    }

    private static ChangeRecord Change(SqlRow row) => new(row.GetInt64(0) & SequenceMask, (ChangeKind)row.GetInt32(1), row.GetString(2), row.GetString(3))
    {
        CreatedMs = row.GetInt64(4),
        ByTimeToLive = row.GetInt32(5) != 0,
        OldImage = row.IsNull(6) ? default(ReadOnlyMemory<byte>) : row.GetBytes(6),
        NewImage = row.IsNull(7) ? default(ReadOnlyMemory<byte>) : row.GetBytes(7),
    };

    private static long Sequence(object? rowId) => rowId is long id ? id & SequenceMask : 0;
}

/// <summary>An item as it lies in the table.</summary>
/// <param name="Sequence">The number of the change that inserted it.</param>
/// <param name="CreatedMs">When it was inserted, in epoch milliseconds.</param>
/// <param name="PartitionKey">The value of its partition key.</param>
/// <param name="SortKey">The value of its sort key.</param>
/// <param name="Json">DynamoDB's JSON, UTF-8.</param>
internal sealed record ItemRow(long Sequence, long CreatedMs, string PartitionKey, string SortKey, byte[] Json);
