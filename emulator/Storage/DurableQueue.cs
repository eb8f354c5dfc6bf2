namespace DataToEvents.Emulator.Storage;

/// <summary>One row of a <see cref="DurableQueue"/>: the records of one call.</summary>
/// <param name="Id">The row's number, ascending in the order of the calls.</param>
/// <param name="AtMs">When the call came, in Unix milliseconds.</param>
/// <param name="Records">How many records the body holds.</param>
/// <param name="Bytes">The length of the body.</param>
internal sealed record DurableRow(long Id, long AtMs, int Records, int Bytes)
{
    /// <summary>The records, packed by the owner; null while they are only on disk.</summary>
    public byte[]? Body { get; set; }
}

/// <summary>
/// A durable queue of one owner, with one row for each call and in the order of the calls. The headers of the rows are in memory. Bodies beyond
/// <c>residentBytes</c> stay on disk and are read back in windows of 1 MiB. Taking a row does not remove it: the taker calls
/// <see cref="Remove"/> in the transaction that makes the row's effects durable.
/// </summary>
internal sealed class DurableQueue
{
    private const int ReadWindowBytes = 1024 * 1024;

    private readonly Database _database;
    private readonly RowNumbers _numbers;
    private readonly long _residentBytes;
    private readonly Lock _gate = new();
    private readonly Queue<DurableRow> _waiting;
    private long _resident;

    private DurableQueue(Database database, RowNumbers numbers, long residentBytes, Queue<DurableRow> waiting)
    {
        _database = database;
        _numbers = numbers;
        _residentBytes = residentBytes;
        _waiting = waiting;
        foreach (var row in waiting)
        {
            Count(row, +1);
        }
    }

    public long LastId { get; private set; }

    public int WaitingRows => Locked(queue => queue._waiting.Count);

    public long WaitingRecords { get; private set; }

    /// <summary>The bytes of all waiting bodies, in memory and on disk.</summary>
    public long WaitingBytes { get; private set; }

    public long? OldestAtMs => Locked(queue => queue._waiting.TryPeek(out var row) ? row.AtMs : (long?)null);

    /// <summary>Opens the queue with the rows that an earlier run left. To be called inside a unit of work.</summary>
    public static DurableQueue Open(DatabaseConnection connection, Database database, string owner, long residentBytes)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, records INTEGER NOT NULL, body BLOB NOT NULL)");
        var numbers = RowNumbers.Open(connection, owner);
        var rows = connection.Query(
            "SELECT id, at, records, length(body) FROM journal WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            static row => new DurableRow(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)),
            numbers.First,
            numbers.Last);
        return new DurableQueue(database, numbers, residentBytes, new Queue<DurableRow>(rows));
    }

    public static void Remove(DatabaseConnection connection, long firstId, long lastId) =>
        connection.Execute("DELETE FROM journal WHERE id BETWEEN ?1 AND ?2", firstId, lastId);

    /// <summary>Deletes all rows of the queue.</summary>
    public void Clear(DatabaseConnection connection) => Remove(connection, _numbers.First, _numbers.Last);

    public static byte[] Read(DatabaseConnection connection, long id) => (byte[])connection.Scalar("SELECT body FROM journal WHERE id = ?1", id)!;

    /// <summary>Appends a row; completes when it is durable and in the queue.</summary>
    public Task<DurableRow> AppendAsync(long atMs, int records, byte[] body, Action<DatabaseConnection>? with = null)
    {
        // The number is taken together with the place in the writer's line, so that rows become visible in the order of their numbers.
        lock (_gate)
        {
            var row = new DurableRow(_numbers.Next(), atMs, records, body.Length) { Body = body };
            return _database.InTransactionAsync(
                connection =>
                {
                    connection.Execute("INSERT INTO journal (id, at, records, body) VALUES (?1, ?2, ?3, ?4)", row.Id, row.AtMs, row.Records, body);
                    with?.Invoke(connection);
                    return row;
                },
                Enqueue);
        }
    }

    /// <summary>Takes the next row with its body; null when the queue is empty. Only one caller at a time.</summary>
    /// <param name="taken">Notes the row before the queue stops counting it, so that it is always counted somewhere.</param>
    public async ValueTask<DurableRow?> TakeAsync(Action<DurableRow>? taken = null)
    {
        while (true)
        {
            List<DurableRow> absent;
            lock (_gate)
            {
                if (!_waiting.TryPeek(out var row))
                {
                    return null;
                }

                if (row.Body is not null)
                {
                    taken?.Invoke(row);
                    Count(_waiting.Dequeue(), -1);
                    return row;
                }

                absent = NextWindow();
            }

            await ReadAsync(absent);
        }
    }

    private void Enqueue(DurableRow row)
    {
        lock (_gate)
        {
            if (_resident + row.Bytes > _residentBytes)
            {
                row.Body = null;
            }

            _waiting.Enqueue(row);
            Count(row, +1);
        }
    }

    private void Count(DurableRow row, int sign)
    {
        LastId = Math.Max(LastId, row.Id);
        WaitingRecords += sign * row.Records;
        WaitingBytes += sign * (long)row.Bytes;
        _resident += row.Body is null ? 0 : sign * (long)row.Bytes;
    }

    private List<DurableRow> NextWindow()
    {
        var window = new List<DurableRow>();
        var bytes = 0L;
        foreach (var row in _waiting)
        {
            if (row.Body is not null || (window.Count > 0 && bytes + row.Bytes > ReadWindowBytes))
            {
                break;
            }

            window.Add(row);
            bytes += row.Bytes;
        }

        return window;
    }

    private async Task ReadAsync(List<DurableRow> rows)
    {
        var bodies = await _database.InTransactionAsync(connection => connection.Query(
            "SELECT body FROM journal WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            static row => row.GetBytes(0),
            rows[0].Id,
            rows[^1].Id));
        lock (_gate)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                rows[i].Body = bodies[i];
                _resident += rows[i].Bytes;
            }
        }
    }

    private T Locked<T>(Func<DurableQueue, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }
}
