namespace DataToEvents.Emulator.Tables;

/// <summary>Reads and writes of items within one unit of work. It leaves the table's memory alone, as the work may be rolled back and run again.</summary>
public sealed class ItemTransaction
{
    private readonly ItemTable _table;
    private readonly DatabaseConnection _connection;
    private readonly long _nowMs;

    internal ItemTransaction(ItemTable table, DatabaseConnection connection, long nowMs) => (_table, _connection, _nowMs) = (table.IsDeleted ? throw new ServiceException("ResourceNotFoundException", "Requested resource not found") : table, connection, nowMs);

    /// <summary>The writes in order. The stream gets them once the transaction is committed.</summary>
    internal List<ChangeRecord> Changes { get; } = [];

    /// <summary>How many puts found the item there and left it as it was.</summary>
    internal int Existing { get; private set; }

    public ReadOnlyMemory<byte>? Get(string partitionKey, string sortKey) =>
        _table.Sql.Find(_connection, partitionKey, sortKey) is { } item ? item.Json : (ReadOnlyMemory<byte>?)null;

    /// <summary>Inserts the item unless there is one with its key.</summary>
    /// <returns>False: there is one, and it stays as it is.</returns>
    /// <exception cref="ServiceException">DynamoDB would refuse the item.</exception>
    public bool Insert(ItemWriter item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return TryInsert(item.Item());
    }

    /// <summary>Writes what becomes of the item with that key.</summary>
    /// <param name="partitionKey">The item's partition key.</param>
    /// <param name="sortKey">The item's sort key.</param>
    /// <param name="change">Makes the new item of the old one, or of null when there is none. Both have that key.</param>
    /// <exception cref="ServiceException">DynamoDB would refuse the new item.</exception>
    public void Update(string partitionKey, string sortKey, Func<ReadOnlyMemory<byte>?, ItemWriter> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_table.Sql.Find(_connection, partitionKey, sortKey) is { } old)
        {
            Replace(old, change(old.Json).Item());
        }
        else
        {
            TryInsert(change(null).Item());
        }
    }

    /// <summary>Inserts the item unless there is one with its key.</summary>
    internal PutOutcome Insert(TableItem item) =>
        TryInsert(item) ? PutOutcome.Inserted.Instance : Exists(_table.Sql.Find(_connection, item.PartitionKey, item.SortKey)!);

    /// <summary>Inserts the item or replaces the one with its key; the same item once more is no change.</summary>
    internal PutOutcome Put(TableItem item)
    {
        if (_table.Sql.Find(_connection, item.PartitionKey, item.SortKey) is not { } old)
        {
            return Insert(item);
        }

        if (item.IsSameAs(old.Json))
        {
            return Exists(old);
        }

        Replace(old, item);
        return new PutOutcome.Replaced(old.Json);
    }

    /// <returns>The item as it was; null: there was none with that key.</returns>
    public ReadOnlyMemory<byte>? Delete(string partitionKey, string sortKey, bool byTimeToLive = false)
    {
        if (_table.Sql.Find(_connection, partitionKey, sortKey) is not { } item)
        {
            return null;
        }

        Delete(item, byTimeToLive);
        return item.Json;
    }

    /// <summary>Deletes items whose time to live is over.</summary>
    /// <returns>How many: at most <paramref name="limit"/>.</returns>
    internal int Expire(int limit)
    {
        var seconds = _nowMs / 1000;
        var expired = _table.Sql.Expired(_connection, seconds - (long)TableLimits.OldestTimeToLive.TotalSeconds, seconds, limit);
        expired.ForEach(item => Delete(item, byTimeToLive: true));
        return expired.Count;
    }

    private bool TryInsert(TableItem item)
    {
        var sequence = _table.Stream.LastWritten + 1;
        if (!_table.Sql.Insert(_connection, sequence, _nowMs, item.For(_table.Options)))
        {
            return false;
        }

        _table.Stream.LastWritten = sequence;
        if (_table.Options.Indexes is { Count: > 0 } indexes)
        {
            _table.Sql.Entries.Add(_connection, indexes, _table.Sql.RowId(sequence), new ItemKey(item.PartitionKey, item.SortKey), item.Json);
        }

        Changes.Add(new ChangeRecord(sequence, ChangeKind.Insert, item.PartitionKey, item.SortKey) { CreatedMs = _nowMs, NewImage = item.Json });
        return true;
    }

    private void Replace(ItemRow old, TableItem item)
    {
        _table.Sql.Replace(_connection, old, item.For(_table.Options));
        if (_table.Options.Indexes is { Count: > 0 } indexes)
        {
            var key = new ItemKey(item.PartitionKey, item.SortKey);
            _table.Sql.Entries.Remove(_connection, indexes, key, old.Json);
            _table.Sql.Entries.Add(_connection, indexes, _table.Sql.RowId(old.Sequence), key, item.Json);
        }

        Change(old, ChangeKind.Modify, item.Json);
    }

    private PutOutcome.AlreadyExists Exists(ItemRow item)
    {
        Existing++;
        return new PutOutcome.AlreadyExists(item.Json);
    }

    private void Delete(ItemRow item, bool byTimeToLive)
    {
        _table.Sql.Delete(_connection, item);
        if (_table.Options.Indexes is { Count: > 0 } indexes)
        {
            _table.Sql.Entries.Remove(_connection, indexes, new ItemKey(item.PartitionKey, item.SortKey), item.Json);
        }

        Change(item, ChangeKind.Remove, null, byTimeToLive);
    }

    private void Change(ItemRow old, ChangeKind kind, byte[]? newImage, bool byTimeToLive = false)
    {
        var change = new ChangeRecord(++_table.Stream.LastWritten, kind, old.PartitionKey, old.SortKey)
        {
            CreatedMs = _nowMs,
            OldImage = old.Json,
            NewImage = newImage,
            ByTimeToLive = byTimeToLive,
        };
        _table.Stream.Save(_connection, old, change);
        Changes.Add(change);
    }
}
