using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tables;

// Beside its one user, the endpoint: nothing else writes under conditions of its own, or several items at once.
public sealed partial class ItemTable
{
    /// <summary>Reads and writes as one unit of work; what <paramref name="work"/> throws undoes all of it and comes out.</summary>
    internal Task<T> TransactAsync<T>(Func<ItemTransaction, T> work)
    {
        var now = NowMs;
        var changes = new List<ChangeRecord>();
        return _database.InTransactionAsync(
            connection =>
            {
                changes.Clear();
                return work(new ItemTransaction(this, connection, now, changes));
            },
            _ => Committed(changes, 0));
    }

    internal sealed class ItemTransaction(ItemTable table, DatabaseConnection connection, long nowMs, List<ChangeRecord> changes)
    {
        public ReadOnlyMemory<byte>? Get(string partitionKey, string sortKey) =>
            table._journal.Find(connection, partitionKey, sortKey) is { } item ? item.Json : (ReadOnlyMemory<byte>?)null;

        public void Put(TableItem item) => table.Put(connection, item, nowMs, changes);

        public void Delete(string partitionKey, string sortKey)
        {
            if (table._journal.Find(connection, partitionKey, sortKey) is { } item)
            {
                table.Remove(connection, item, DeleteReason.User, nowMs, changes);
            }
        }
    }
}
