namespace DataToEvents.Emulator.Tables;

/// <summary>
/// The items of secondary indexes in SQLite: a row with the keys in the index and the keys in the table, in this order, and the row of the item itself. A table without an index
/// has none, and its writes do not come here.
/// </summary>
internal sealed class IndexEntries(long table)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS table_index (
            idx INTEGER NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, tpk TEXT NOT NULL, tsk TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (idx, pk, sk, tpk, tsk)) WITHOUT ROWID;
        """;

    private const int NumberBits = 20;

    /// <summary>SQLite sorts bytes behind each text.</summary>
    private static readonly byte[] BehindAll = [0];

    public static void Define(Database database) => database.Define(Schema);

    /// <exception cref="ServiceException">DynamoDB refuses the item.</exception>
    public static void Check(byte[] item, IReadOnlyList<SecondaryIndex> indexes)
    {
        using var json = Parse(item);
        if (indexes.Select(index => index.Fault(json.RootElement)).FirstOrDefault(static fault => fault is not null) is { } fault)
        {
            throw new ServiceException("ValidationException", fault);
        }
    }

    public void Add(DatabaseConnection connection, IReadOnlyList<SecondaryIndex> indexes, long row, ItemKey key, byte[] item)
    {
        using var json = Parse(item);
        foreach (var index in indexes)
        {
            if (index.KeyOf(json.RootElement) is { } place)
            {
                connection.Execute(
                    "INSERT INTO table_index (idx, pk, sk, tpk, tsk, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", Id(index), place.Partition, place.Sort, key.Partition, key.Sort, row);
            }
        }
    }

    public void Remove(DatabaseConnection connection, IReadOnlyList<SecondaryIndex> indexes, ItemKey key, byte[] item)
    {
        using var json = Parse(item);
        foreach (var index in indexes)
        {
            if (index.KeyOf(json.RootElement) is { } place)
            {
                connection.Execute("DELETE FROM table_index WHERE idx = ?1 AND pk = ?2 AND sk = ?3 AND tpk = ?4 AND tsk = ?5", Id(index), place.Partition, place.Sort, key.Partition, key.Sort);
            }
        }
    }

    public void Clear(DatabaseConnection connection, SecondaryIndex index) => connection.Execute("DELETE FROM table_index WHERE idx = ?1", Id(index));

    public void Clear(DatabaseConnection connection) => connection.Execute("DELETE FROM table_index WHERE idx >= ?1 AND idx < ?2", table << NumberBits, (table + 1) << NumberBits);

    public long Count(DatabaseConnection connection, SecondaryIndex index) => (long)connection.Scalar("SELECT count(*) FROM table_index WHERE idx = ?1", Id(index))!;

    /// <summary>The items of a partition of an index, by its sort key and then by the table's keys.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="index">The index.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="bound">The sort key at which to begin; null: at the first, or at the last when descending.</param>
    /// <param name="after">The item to begin after; null: with all items that have the bound.</param>
    /// <param name="limit">How many items at most.</param>
    /// <param name="descending">Whether to read from the end.</param>
    public List<IndexedItem> Range(DatabaseConnection connection, SecondaryIndex index, string partition, string? bound, ItemKey? after, int limit, bool descending)
    {
        SqlValue edge = descending ? BehindAll : "";
        var sql = descending
            ? "SELECT e.pk, e.sk, e.tpk, e.tsk, i.item FROM table_index e JOIN table_items i ON i.id = e.item WHERE e.idx = ?1 AND e.pk = ?2 AND (e.sk, e.tpk, e.tsk) < (?3, ?4, ?5) ORDER BY e.sk DESC, e.tpk DESC, e.tsk DESC LIMIT ?6"
            : "SELECT e.pk, e.sk, e.tpk, e.tsk, i.item FROM table_index e JOIN table_items i ON i.id = e.item WHERE e.idx = ?1 AND e.pk = ?2 AND (e.sk, e.tpk, e.tsk) > (?3, ?4, ?5) ORDER BY e.sk, e.tpk, e.tsk LIMIT ?6";
        return connection.Query(sql, Read, Id(index), partition, bound is null ? edge : bound, after is { } one ? one.Partition : edge, after is { } other ? other.Sort : edge, limit);
    }

    /// <summary>All items of an index, in the order of its keys and then of the table's.</summary>
    public List<IndexedItem> Scan(DatabaseConnection connection, SecondaryIndex index, ItemKey place, ItemKey key, int limit) => connection.Query(
        "SELECT e.pk, e.sk, e.tpk, e.tsk, i.item FROM table_index e JOIN table_items i ON i.id = e.item WHERE e.idx = ?1 AND (e.pk, e.sk, e.tpk, e.tsk) > (?2, ?3, ?4, ?5) ORDER BY e.pk, e.sk, e.tpk, e.tsk LIMIT ?6",
        Read, Id(index), place.Partition, place.Sort, key.Partition, key.Sort, limit);

    private static IndexedItem Read(SqlRow row) => new(new ItemKey(row.GetString(0), row.GetString(1)), new ItemKey(row.GetString(2), row.GetString(3)), row.GetBytes(4));

    private static JsonDocument Parse(byte[] item) => JsonDocument.Parse(item, new JsonDocumentOptions { MaxDepth = TableItem.MaxDepth });

    private long Id(SecondaryIndex index) => (table << NumberBits) + index.Number;
}

/// <summary>An item of an index, or of a table: then both keys are the same.</summary>
/// <param name="Place">Its keys in the index.</param>
/// <param name="Key">Its keys in the table.</param>
/// <param name="Json">DynamoDB's JSON, UTF-8.</param>
internal readonly record struct IndexedItem(ItemKey Place, ItemKey Key, byte[] Json);
