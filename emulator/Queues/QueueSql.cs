using System.Runtime.InteropServices;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

/// <summary>
/// A queue in SQLite: a row a message, appended in the order of sequence numbers, and a row for each batch of deleted messages
/// whose deduplication ids are still remembered. The rows of a message's id hold the queue in the upper bits.
/// </summary>
internal sealed class QueueSql
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seed INTEGER NOT NULL, reserved INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS queue_messages (
            id INTEGER PRIMARY KEY, sent INTEGER NOT NULL, message_id BLOB, receives INTEGER NOT NULL DEFAULT 0, first_received INTEGER NOT NULL DEFAULT 0,
            message_group TEXT, deduplication_id TEXT, body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS queue_deleted (
            queue INTEGER NOT NULL, expires INTEGER NOT NULL, first INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (queue, expires, first)) WITHOUT ROWID;
        """;

    private const int SequenceBits = 44;

    /// <summary>What is inserted of a message.</summary>
    private const int Columns = 6;

    private static readonly string[] InsertRows = [.. Enumerable.Range(0, QueueLimits.MaxBatchEntries + 1).Select(rows =>
        "INSERT INTO queue_messages (id, sent, message_group, deduplication_id, body, attributes) VALUES "
        + string.Join(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range((Columns * row) + 1, Columns).Select(column => $"?{column}"))})")))];

    private static readonly string[] DeleteRows = [.. Enumerable.Range(0, QueueLimits.MaxBatchEntries + 1).Select(rows =>
        $"DELETE FROM queue_messages WHERE id IN ({string.Join(", ", Enumerable.Range(1, rows).Select(row => $"?{row}"))})")];

    private readonly long _queue;

    private QueueSql(long queue, long seed, long reserved) => (_queue, Seed, Reserved) = (queue, seed, reserved);

    /// <summary>What the message ids of this queue are made from.</summary>
    public long Seed { get; }

    /// <summary>Sequence numbers up to here may have been given out, so that none is given twice across restarts.</summary>
    public long Reserved { get; }

    public static void Define(Database database) => database.Define(Schema);

    public static QueueSql Open(DatabaseConnection connection, string name, long seed)
    {
        // Not part of the table's first form, which data directories may still have.
        if ((long)connection.Scalar("SELECT count(*) FROM pragma_table_info('queue_messages') WHERE name = 'attributes'")! == 0)
        {
            connection.Execute("ALTER TABLE queue_messages ADD COLUMN attributes BLOB");
        }

        connection.Execute("INSERT OR IGNORE INTO queues (name, seed, reserved) VALUES (?1, ?2, 0)", name, seed);
        return connection.Query("SELECT id, seed, reserved FROM queues WHERE name = ?1", row => new QueueSql(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), name)[0];
    }

    public static bool Exists(DatabaseConnection connection, string name) => connection.Scalar("SELECT 1 FROM queues WHERE name = ?1", name) is not null;

    public void Reserve(DatabaseConnection connection, long upTo) => connection.Execute("UPDATE queues SET reserved = ?1 WHERE id = ?2", upTo, _queue);

    /// <summary>Inserts the messages of one call.</summary>
    public void Insert(DatabaseConnection connection, IReadOnlyList<NewMessage> messages)
    {
        var values = new SqlValue[Columns * messages.Count];
        for (var row = 0; row < messages.Count; row++)
        {
            var message = messages[row];
            values[Columns * row] = RowId(message.Sequence);
            values[(Columns * row) + 1] = message.SentMs;
            values[(Columns * row) + 2] = message.GroupId;
            values[(Columns * row) + 3] = message.Content.DeduplicationId;
            values[(Columns * row) + 4] = message.Content.Body;
            values[(Columns * row) + 5] = message.Content.Attributes;
        }

        connection.Execute(InsertRows[messages.Count], values);
    }

    /// <summary>A message that was moved here keeps its id.</summary>
    public void InsertMoved(DatabaseConnection connection, NewMessage message, Guid id) => connection.Execute(
        "INSERT INTO queue_messages (id, sent, message_id, message_group, deduplication_id, body, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        RowId(message.Sequence), message.SentMs, id.ToByteArray(), message.GroupId, message.Content.DeduplicationId, message.Content.Body, message.Content.Attributes);

    /// <summary>Deletes messages; the deduplication ids of those that were sent after <paramref name="rememberFromMs"/> stay known.</summary>
    public void Delete(DatabaseConnection connection, IReadOnlyList<Message> messages, long rememberFromMs)
    {
        DeleteMessages(connection, messages);
        RememberDeleted(connection, [.. messages
            .Where(message => message.Key != default && message.SentMs > rememberFromMs)
            .Select(message => new DeletedEntry(message.Key, message.Sequence, message.SentMs))]);
    }

    private void DeleteMessages(DatabaseConnection connection, IReadOnlyList<Message> messages)
    {
        for (var start = 0; start < messages.Count; start += QueueLimits.MaxBatchEntries)
        {
            var ids = new SqlValue[Math.Min(QueueLimits.MaxBatchEntries, messages.Count - start)];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = RowId(messages[start + i].Sequence);
            }

            connection.Execute(DeleteRows[ids.Length], ids);
        }
    }

    private void RememberDeleted(DatabaseConnection connection, DeletedEntry[] entries)
    {
        if (entries.Length > 0)
        {
            var expires = entries.Max(entry => entry.SentMs) + (long)QueueLimits.DeduplicationWindow.TotalMilliseconds;
            // Two may delete a message at the same time, each with others.
            connection.Execute(
                """
                INSERT INTO queue_deleted (queue, expires, first, entries) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET entries = CAST(entries || excluded.entries AS BLOB)
                """,
                _queue, expires, entries[0].Sequence, MemoryMarshal.AsBytes(entries.AsSpan()).ToArray());
        }
    }

    public void ForgetDeleted(DatabaseConnection connection, long nowMs) => connection.Execute("DELETE FROM queue_deleted WHERE queue = ?1 AND expires <= ?2", _queue, nowMs);

    public void CountReceives(DatabaseConnection connection, Message message) => connection.Execute(
        "UPDATE queue_messages SET receives = ?2, first_received = ?3 WHERE id = ?1", RowId(message.Sequence), message.ReceiveCount, message.FirstReceivedMs);

    public MessageContent? Load(DatabaseConnection connection, long sequence) => connection.Query(
        "SELECT deduplication_id, body, attributes FROM queue_messages WHERE id = ?1",
        row => new MessageContent(row.GetStringOrNull(0), row.GetBytes(1), row.GetBytesOrNull(2)),
        RowId(sequence)).FirstOrDefault();

    public List<StoredMessage> Restore(DatabaseConnection connection) => connection.Query(
        "SELECT id, sent, message_id, receives, first_received, message_group, deduplication_id, length(body) FROM queue_messages WHERE id >= ?1 AND id < ?2 ORDER BY id",
        row => new StoredMessage(
            row.GetInt64(0) & ((1L << SequenceBits) - 1), row.GetInt64(1), row.IsNull(2) ? null : new Guid(row.GetBytes(2)),
            row.GetInt32(3), row.GetInt64(4), row.GetStringOrNull(5), row.GetStringOrNull(6), row.GetInt32(7)),
        RowId(0), RowId(1L << SequenceBits));

    public void RestoreDeleted(DatabaseConnection connection, Action<DeletedEntry> entry) => connection.Query(
        "SELECT entries FROM queue_deleted WHERE queue = ?1 ORDER BY expires",
        row =>
        {
            var entries = MemoryMarshal.Cast<byte, DeletedEntry>(row.GetBytes(0));
            foreach (var one in entries)
            {
                entry(one);
            }

            return entries.Length;
        },
        _queue);

    private long RowId(long sequence) => (_queue << SequenceBits) + sequence;
}

internal sealed record NewMessage(long Sequence, long SentMs, string? GroupId, MessageContent Content);

internal readonly record struct DeletedEntry(DeduplicationKey Key, long Sequence, long SentMs);

internal sealed record StoredMessage(
    long Sequence, long SentMs, Guid? Id, int ReceiveCount, long FirstReceivedMs, string? GroupId, string? DeduplicationId, int BodyLength);
