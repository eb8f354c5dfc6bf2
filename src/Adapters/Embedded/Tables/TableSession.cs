using DataToEvents.Adapters.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>
/// Reads and writes of one table inside one unit of work, and the change records that they make. An inserted item's position is the
/// sequence of its INSERT record, so that the image is stored once; the record is written out only when the item changes again.
/// </summary>
public sealed class TableSession
{
    private readonly Session _session;
    private readonly TableSql _sql;
    private readonly Func<long> _nextSequence;
    private readonly long _nowMs;
    private readonly List<ChangeRecord> _changes = [];

    internal TableSession(Session session, TableSql sql, Func<long> nextSequence, long nowMs) =>
        (_session, _sql, _nextSequence, _nowMs) = (session, sql, nextSequence, nowMs);

    internal IReadOnlyList<ChangeRecord> Changes => _changes;

    public ReadOnlyMemory<byte>? Get(string pk, string sk) => Find(pk, sk)?.Json;

    /// <summary>Null when it was inserted; otherwise the item that is there and stays.</summary>
    /// <exception cref="TableException">DynamoDB would refuse the item.</exception>
    public ReadOnlyMemory<byte>? PutIfAbsent(TableItem item)
    {
        Check(item);
        var sequence = _nextSequence();
        if (_session.Execute(_sql.InsertIfAbsent, sequence, item.Pk, item.Sk, _nowMs, item.ExpiresAt, item.Json.ToArray()) == 0)
        {
            return Get(item.Pk, item.Sk);
        }

        _changes.Add(new ChangeRecord(sequence, ChangeKind.Insert, item.Pk, item.Sk, _nowMs, item.Json, null, ByExpiry: false));
        return null;
    }

    /// <summary>Inserts or replaces. What changes nothing makes no record.</summary>
    /// <exception cref="TableException">DynamoDB would refuse the item.</exception>
    public void Put(TableItem item)
    {
        Check(item);
        if (Find(item.Pk, item.Sk) is not { } before)
        {
            PutIfAbsent(item);
        }
        else if (!before.Json.Span.SequenceEqual(item.Json.Span))
        {
            WriteOutInsert(before);
            _session.Execute(_sql.Replace, item.Json.ToArray(), item.ExpiresAt, before.Position);
            Record(ChangeKind.Modify, item.Pk, item.Sk, item.Json, before.Json, byExpiry: false);
        }
    }

    /// <returns>False when there was no such item.</returns>
    public bool Delete(string pk, string sk) => Delete(pk, sk, byExpiry: false);

    internal bool Delete(string pk, string sk, bool byExpiry)
    {
        if (Find(pk, sk) is not { } before)
        {
            return false;
        }

        WriteOutInsert(before);
        _session.Execute(_sql.Delete, before.Position);
        Record(ChangeKind.Remove, pk, sk, null, before.Json, byExpiry);
        return true;
    }

    private static void Check(TableItem item)
    {
        if (item.Fault() is { } fault)
        {
            throw new TableException("ValidationException", fault);
        }
    }

    private StoredItem? Find(string pk, string sk)
    {
        var found = _session.Query(_sql.Find, StoredItem.Read, pk, sk);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>From here on the item no longer is what its INSERT record has to show.</summary>
    private void WriteOutInsert(StoredItem before) =>
        _session.Execute(_sql.WriteOutInsert, before.Position, (int)ChangeKind.Insert, before.Pk, before.Sk, before.AtMs, before.Json.ToArray());

    private void Record(ChangeKind kind, string pk, string sk, ReadOnlyMemory<byte>? after, ReadOnlyMemory<byte> before, bool byExpiry)
    {
        var change = new ChangeRecord(_nextSequence(), kind, pk, sk, _nowMs, after, before, byExpiry);
        _session.Execute(_sql.AddChange, change.Sequence, (int)kind, pk, sk, _nowMs, after?.ToArray(), before.ToArray(), byExpiry);
        _changes.Add(change);
    }
}

internal readonly record struct StoredItem(long Position, string Pk, string Sk, long AtMs, ReadOnlyMemory<byte> Json)
{
    public static StoredItem Read(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), (byte[])row.GetValue(4));
}
