namespace DataToEvents.Emulator.Queues;

/// <summary>
/// A queue in SQLite: one row for each message, in the order of the sequence numbers, and one row for each batch of deleted messages
/// whose deduplication ids are still remembered. The id of a message's row holds the queue in its upper bits and the sequence number in the lower ones.
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

    /// <summary>How many columns <see cref="Insert"/> writes.</summary>
    private const int Columns = 7;

    /// <summary>The statement that inserts so many rows, by their number.</summary>
    private static readonly string[] InsertRows = [.. Enumerable.Range(0, QueueLimits.MaxBatchEntries + 1).Select(rows =>
        "INSERT INTO queue_messages (id, sent, message_group, deduplication_id, body, attributes, due) VALUES "
        + string.Join(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range((Columns * row) + 1, Columns).Select(column => $"?{column}"))})")))];

    /// <summary>The statement that deletes so many rows, by their number.</summary>
    private static readonly string[] DeleteRows = [.. Enumerable.Range(0, QueueLimits.MaxBatchEntries + 1).Select(rows =>
        $"DELETE FROM queue_messages WHERE id IN ({string.Join(", ", Enumerable.Range(1, rows).Select(row => $"?{row}"))})")];

    private readonly long _queue;

    private QueueSql(long queue, long seed, long reserved) => (_queue, Seed, Reserved) = (queue, seed, reserved);

    /// <summary>The number that the message ids of this queue are made from.</summary>
    public long Seed { get; }

    /// <summary>Sequence numbers up to here may have been given out, so that none is given twice across restarts.</summary>
    public long Reserved { get; }

    public static void Define(Database database)
    {
        database.Define(Schema);
        // Older data directories have the table without this column.
        database.DefineColumn("queue_messages", "attributes", "BLOB");
        database.DefineColumn("queue_messages", "due", "INTEGER NOT NULL DEFAULT 0");
    }

    public static QueueSql Open(DatabaseConnection connection, string name, long seed)
    {
        connection.Execute("INSERT OR IGNORE INTO queues (name, seed, reserved) VALUES (?1, ?2, 0)", name, seed);
        return connection.Query("SELECT id, seed, reserved FROM queues WHERE name = ?1", row => new QueueSql(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), name)[0];
    }

    /// <summary>Deletes the queue of that name with all that it holds.</summary>
    public void DeleteQueue(DatabaseConnection connection)
    {
        connection.Execute("DELETE FROM queue_messages WHERE id >= ?1 AND id < ?2", RowId(0), RowId(1L << SequenceBits));
        connection.Execute("DELETE FROM queue_deleted WHERE queue = ?1", _queue);
        connection.Execute("DELETE FROM queues WHERE id = ?1", _queue);
    }

    public static bool Exists(DatabaseConnection connection, string name) => connection.Scalar("SELECT 1 FROM queues WHERE name = ?1", name) is not null;

    /// <summary>Reserves sequence numbers; 0: none.</summary>
    public void Reserve(DatabaseConnection connection, long upTo)
    {
        if (upTo > 0)
        {
            connection.Execute("UPDATE queues SET reserved = ?1 WHERE id = ?2", upTo, _queue);
        }
    }

    /// <summary>Inserts the messages of one call.</summary>
    public void Insert(DatabaseConnection connection, IReadOnlyList<Message> messages)
    {
        var values = new SqlValue[Columns * messages.Count];
        for (var row = 0; row < messages.Count; row++)
        {
            var message = messages[row];
            values[Columns * row] = RowId(message.Sequence);
            values[(Columns * row) + 1] = message.SentMs;
            values[(Columns * row) + 2] = message.GroupId;
            values[(Columns * row) + 3] = message.Content!.DeduplicationId;
            values[(Columns * row) + 4] = message.Content.Body;
            values[(Columns * row) + 5] = message.Content.Attributes;
            values[(Columns * row) + 6] = message.DueMs;
        }

        connection.Execute(InsertRows[messages.Count], values);
    }

    /// <summary>Inserts a message that was moved here. Its id may be another queue's, and so has a column.</summary>
    public void InsertMoved(DatabaseConnection connection, Message message) => connection.Execute(
        "INSERT INTO queue_messages (id, sent, message_id, message_group, deduplication_id, body, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        RowId(message.Sequence), message.SentMs, message.Id.ToByteArray(), message.GroupId, message.Content!.DeduplicationId, message.Content.Body, message.Content.Attributes);

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
            // Two batch deletes may name the same message at the same time.
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

    /// <summary>All messages, in order, without their contents.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="rememberFromMs">Deduplication ids of messages that were sent before are forgotten.</param>
    /// <param name="keyOf">Makes a key of a group id and a deduplication id.</param>
    public List<Message> Restore(DatabaseConnection connection, long rememberFromMs, Func<string?, string?, DeduplicationKey> keyOf) => connection.Query(
        "SELECT id, sent, message_id, receives, first_received, message_group, deduplication_id, length(body), due FROM queue_messages WHERE id >= ?1 AND id < ?2 ORDER BY id",
        row =>
        {
            var (sequence, sentMs, groupId, isMoved) = (row.GetInt64(0) & ((1L << SequenceBits) - 1), row.GetInt64(1), row.GetStringOrNull(5), !row.IsNull(2));
            return new Message
            {
                Sequence = sequence,
                Id = isMoved ? new Guid(row.GetBytes(2)) : MessageIds.Of(Seed, sequence),
                GroupId = groupId,
                SentMs = sentMs,
                BodyLength = row.GetInt32(7),
                // The deduplication id of a message that was moved here is not one that a sender gave to this queue.
                Key = !isMoved && sentMs > rememberFromMs ? keyOf(groupId, row.GetStringOrNull(6)) : default,
                ReceiveCount = row.GetInt32(3),
                FirstReceivedMs = row.GetInt64(4),
                DueMs = row.GetInt64(8),
            };
        },
        RowId(0), RowId(1L << SequenceBits));

    /// <summary>Hands out the deleted messages whose deduplication ids may still be remembered.</summary>
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

/// <summary>The deduplication id of a deleted message. Rows hold these bytes as they are in memory.</summary>
internal readonly record struct DeletedEntry(DeduplicationKey Key, long Sequence, long SentMs);
