using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tables;

/// <summary>Reads and writes of items within one unit of work. It leaves the table's memory alone, as the work may be rolled back and run again.</summary>
internal sealed class ItemTransaction(ItemTable table, DatabaseConnection connection, long nowMs)
{
    /// <summary>What was written, in order: for the stream, once it is committed.</summary>
    public List<ChangeRecord> Changes { get; } = [];

    /// <summary>How many puts found the item there and left it as it was.</summary>
    public int Existing { get; private set; }

    public ReadOnlyMemory<byte>? Get(string partitionKey, string sortKey) =>
        table.Sql.Find(connection, partitionKey, sortKey) is { } item ? item.Json : (ReadOnlyMemory<byte>?)null;

    /// <summary>Inserts the item unless there is one with its key.</summary>
    public PutOutcome Insert(TableItem item)
    {
        var sequence = table.Stream.LastWritten + 1;
        if (!table.Sql.Insert(connection, sequence, nowMs, item))
        {
            return Exists(table.Sql.Find(connection, item.PartitionKey, item.SortKey)!);
        }

        table.Stream.LastWritten = sequence;
        Changes.Add(new ChangeRecord(sequence, ChangeKind.Insert, item.PartitionKey, item.SortKey) { CreatedMs = nowMs, NewImage = item.Json });
        return PutOutcome.Inserted.Instance;
    }

    /// <summary>Inserts the item or replaces the one with its key; the same item once more is no change.</summary>
    public PutOutcome Put(TableItem item)
    {
        if (table.Sql.Find(connection, item.PartitionKey, item.SortKey) is not { } old)
        {
            return Insert(item);
        }

        if (item.IsSameAs(old.Json))
        {
            return Exists(old);
        }

        table.Sql.Replace(connection, old, item);
        Change(old, ChangeKind.Modify, item.Json);
        return new PutOutcome.Replaced(old.Json);
    }

    /// <returns>The item as it was; null: there was none with that key.</returns>
    public ReadOnlyMemory<byte>? Delete(string partitionKey, string sortKey, bool byTimeToLive = false)
    {
        if (table.Sql.Find(connection, partitionKey, sortKey) is not { } item)
        {
            return null;
        }

        Delete(item, byTimeToLive);
        return item.Json;
    }

    /// <summary>Deletes items whose time to live is over.</summary>
    /// <returns>How many: at most <paramref name="limit"/>.</returns>
    public int Expire(int limit)
    {
        var seconds = nowMs / 1000;
        var expired = table.Sql.Expired(connection, seconds - (long)TableLimits.OldestTimeToLive.TotalSeconds, seconds, limit);
        expired.ForEach(item => Delete(item, byTimeToLive: true));
        return expired.Count;
    }

    private PutOutcome.AlreadyExists Exists(ItemRow item)
    {
        Existing++;
        return new PutOutcome.AlreadyExists(item.Json);
    }

    private void Delete(ItemRow item, bool byTimeToLive)
    {
        table.Sql.Delete(connection, item);
        Change(item, ChangeKind.Remove, null, byTimeToLive);
    }

    private void Change(ItemRow old, ChangeKind kind, byte[]? newImage, bool byTimeToLive = false)
    {
        var change = new ChangeRecord(++table.Stream.LastWritten, kind, old.PartitionKey, old.SortKey)
        {
            CreatedMs = nowMs,
            OldImage = old.Json,
            NewImage = newImage,
            ByTimeToLive = byTimeToLive,
        };
        table.Stream.Save(connection, old, change);
        Changes.Add(change);
    }
}
