using System.Text.Json;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tables;

public sealed partial class ItemTable
{
    /// <summary>Inserts each item unless there is one with its key; all in one unit of work.</summary>
    /// <param name="items">In DynamoDB's JSON; copied by the table.</param>
    /// <returns>An outcome an item, in their order: Inserted, Exists or Invalid.</returns>
    public async Task<IReadOnlyList<PutOutcome>> PutIfAbsentAsync(IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        var outcomes = new PutOutcome[items.Count];
        var parsed = new TableItem?[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            (parsed[i], outcomes[i]) = Parse(items[i]);
        }

        var now = NowMs;
        var changes = new List<ChangeRecord>(items.Count);
        await _database.InTransactionAsync(
            connection =>
            {
                changes.Clear();
                for (var i = 0; i < parsed.Length; i++)
                {
                    if (parsed[i] is { } item)
                    {
                        outcomes[i] = Insert(connection, item, now, changes) ? PutOutcome.Done : Existing(connection, item);
                    }
                }
            },
            () => Committed(changes, outcomes.Count(outcome => outcome is PutOutcome.Exists)));
        return outcomes;
    }

    /// <summary>Inserts an item or replaces the one with its key.</summary>
    /// <param name="item">In DynamoDB's JSON; copied by the table.</param>
    /// <returns>Inserted, Replaced, Invalid, or Exists when the very same item was there: that is no change.</returns>
    public async Task<PutOutcome> PutAsync(ReadOnlyMemory<byte> item)
    {
        var (parsed, outcome) = Parse(item);
        if (parsed is null)
        {
            return outcome;
        }

        var now = NowMs;
        var changes = new List<ChangeRecord>(1);
        await _database.InTransactionAsync(
            connection =>
            {
                changes.Clear();
                outcome = Put(connection, parsed, now, changes);
            },
            () => Committed(changes, outcome is PutOutcome.Exists ? 1 : 0));
        return outcome;
    }

    /// <summary>Deletes the item with that key.</summary>
    /// <returns>The item as it was; null: there was none.</returns>
    public async Task<ReadOnlyMemory<byte>?> DeleteAsync(string partitionKey, string sortKey, DeleteReason reason = DeleteReason.User)
    {
        var now = NowMs;
        var changes = new List<ChangeRecord>(1);
        return await _database.InTransactionAsync(
            connection =>
            {
                changes.Clear();
                var item = _journal.Find(connection, partitionKey, sortKey);
                if (item is not null)
                {
                    Remove(connection, item, reason, now, changes);
                }

                return item is null ? (ReadOnlyMemory<byte>?)null : item.Json;
            },
            _ => Committed(changes, 0));
    }

    private (TableItem? Item, PutOutcome Outcome) Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return (TableItem.Parse(json, Options), PutOutcome.Done);
        }
        catch (TableException refused)
        {
            return (null, new PutOutcome.Invalid(refused.Code, refused.Message));
        }
    }

    private bool Insert(DatabaseConnection connection, TableItem item, long nowMs, List<ChangeRecord> changes)
    {
        if (!_journal.Insert(connection, _sequence + 1, nowMs, item))
        {
            return false;
        }

        changes.Add(new ChangeRecord(++_sequence, ChangeKind.Insert, item.PartitionKey, item.SortKey) { CreatedMs = nowMs, NewImage = item.Json });
        return true;
    }

    private PutOutcome.Exists Existing(DatabaseConnection connection, TableItem item) =>
        new(_journal.Find(connection, item.PartitionKey, item.SortKey)!.Json);

    private PutOutcome Put(DatabaseConnection connection, TableItem item, long nowMs, List<ChangeRecord> changes)
    {
        if (_journal.Find(connection, item.PartitionKey, item.SortKey) is not { } old)
        {
            Insert(connection, item, nowMs, changes);
            return PutOutcome.Done;
        }

        if (Same(old.Json, item.Json))
        {
            return new PutOutcome.Exists(old.Json);
        }

        SaveInsert(connection, old);
        _journal.Replace(connection, old, item);
        var change = new ChangeRecord(++_sequence, ChangeKind.Modify, item.PartitionKey, item.SortKey) { CreatedMs = nowMs, OldImage = old.Json, NewImage = item.Json };
        Save(connection, change, old.Json, item.Json);
        changes.Add(change);
        return new PutOutcome.Replaced(old.Json);
    }

    private void Remove(DatabaseConnection connection, StoredItem item, DeleteReason reason, long nowMs, List<ChangeRecord> changes)
    {
        SaveInsert(connection, item);
        _journal.Delete(connection, item);
        var change = new ChangeRecord(++_sequence, ChangeKind.Remove, item.PartitionKey, item.SortKey)
        {
            CreatedMs = nowMs,
            OldImage = item.Json,
            ByTimeToLive = reason == DeleteReason.TimeToLive,
        };
        Save(connection, change, item.Json, null);
        changes.Add(change);
    }

    private void SaveInsert(DatabaseConnection connection, StoredItem item)
    {
        if (Options.HasStream && item.Sequence > Log.Horizon)
        {
            _journal.SaveInsert(connection, item);
        }
    }

    private void Save(DatabaseConnection connection, ChangeRecord change, byte[] old, byte[]? @new)
    {
        if (Options.HasStream)
        {
            _journal.Append(connection, change, old, @new);
        }
    }

    // An item is a map: the order of its attributes says nothing.
    private static bool Same(byte[] one, byte[] other)
    {
        if (one.AsSpan().SequenceEqual(other))
        {
            return true;
        }

        using var first = JsonDocument.Parse(one, new JsonDocumentOptions { MaxDepth = 128 });
        using var second = JsonDocument.Parse(other, new JsonDocumentOptions { MaxDepth = 128 });
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }

    private void Committed(List<ChangeRecord> changes, int existing)
    {
        Interlocked.Add(ref _existing, existing);
        foreach (var change in changes)
        {
            var inserted = change.Kind == ChangeKind.Insert ? 1 : 0;
            var removed = change.Kind == ChangeKind.Remove ? 1 : 0;
            Interlocked.Add(ref _items, inserted - removed);
            Interlocked.Add(ref _inserted, inserted);
            Interlocked.Add(ref _modified, 1 - inserted - removed);
            Interlocked.Add(ref change.ByTimeToLive ? ref _expired : ref _removed, removed);
        }

        if (changes.Count > 0 && Options.HasStream)
        {
            Log.Append(changes);
        }
    }
}
