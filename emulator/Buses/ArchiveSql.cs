namespace DataToEvents.Emulator.Buses;

/// <summary>The SQL of one archive. It has a row for all events of a call that have one time, and the totals of its rows.</summary>
internal sealed class ArchiveSql
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS archive (id INTEGER PRIMARY KEY, bus TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS archive_totals (bus TEXT PRIMARY KEY, events INTEGER NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Rows in a page. Each page occupies the database's writer for about a millisecond.</summary>
    private const int PageRows = 128;

    /// <summary>Whose rows they are: the name of the bus for the archive of the program. No bus has a colon in its name.</summary>
    private readonly string _owner;

    /// <param name="bus">The name of the bus.</param>
    /// <param name="archive">The name of an archive that a client made; null: the archive of the program.</param>
    public ArchiveSql(string bus, string? archive = null) => _owner = archive is null ? bus : $"archive:{archive}";

    public static void Define(Database database)
    {
        database.Define(Schema);
        database.DefineColumn("archive", "time", "INTEGER");
    }

    /// <summary>Begins the totals. Those of rows that an earlier version stored are counted once.</summary>
    public void Open(DatabaseConnection connection)
    {
        if (connection.Execute("INSERT INTO archive_totals (bus, events, bytes) VALUES (?1, 0, 0) ON CONFLICT DO NOTHING", _owner) == 0)
        {
            return;
        }

        var row = 0L;
        while (From(connection, row, PageRows) is { Count: > 0 } page)
        {
            page.ForEach(stored => Count(connection, Totals(stored.Body)));
            row = page[^1].Id + 1;
        }
    }

    /// <summary>Stores events, unless the archive was deleted meanwhile.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="atMs">When the call was made.</param>
    /// <param name="timeMs">The time that the events have; null: the call's.</param>
    /// <param name="body">The events.</param>
    /// <param name="totals">Their number and size.</param>
    public void Add(DatabaseConnection connection, long atMs, long? timeMs, byte[] body, ArchiveTotals totals)
    {
        if (Count(connection, totals) == 1)
        {
            connection.Execute("INSERT INTO archive (bus, at, time, body) VALUES (?1, ?2, ?3, ?4)", _owner, atMs, timeMs, body);
        }
    }

    public ArchiveTotals Totals(DatabaseConnection connection) => connection.Query(
        "SELECT events, bytes FROM archive_totals WHERE bus = ?1", static row => new ArchiveTotals(row.GetInt64(0), row.GetInt64(1)), _owner).FirstOrDefault();

    public void Delete(DatabaseConnection connection)
    {
        connection.Execute("DELETE FROM archive WHERE bus = ?1", _owner);
        connection.Execute("DELETE FROM archive_totals WHERE bus = ?1", _owner);
    }

    /// <summary>Deletes rows that are older than a time, a page of them at most.</summary>
    /// <returns>False when there are no more.</returns>
    public bool DeleteBefore(DatabaseConnection connection, long atMs)
    {
        var rows = connection.Query(
            "SELECT id, body FROM archive WHERE bus = ?1 AND id < ?2 ORDER BY id LIMIT ?3", static row => (Id: row.GetInt64(0), Body: row.GetBytes(1)), _owner, FirstSince(connection, atMs), PageRows);
        foreach (var (id, body) in rows)
        {
            var totals = Totals(body);
            connection.Execute("DELETE FROM archive WHERE id = ?1", id);
            Count(connection, new ArchiveTotals(-totals.Events, -totals.Bytes));
        }

        return rows.Count == PageRows;
    }

    /// <summary>Finds the first row of that time or later. Rows are in the order of their times, so that a binary search needs no index.</summary>
    public static long FirstSince(DatabaseConnection connection, long atMs)
    {
        var (low, high) = (1L, 1 + (connection.Scalar("SELECT max(id) FROM archive") as long? ?? 0));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if ((long)connection.Scalar("SELECT at FROM archive WHERE id >= ?1 ORDER BY id LIMIT 1", middle)! < atMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public List<(long Id, long AtMs, byte[] Body)> From(DatabaseConnection connection, long row, int limit) => connection.Query(
        "SELECT id, at, body FROM archive WHERE bus = ?1 AND id >= ?2 ORDER BY id LIMIT ?3",
        static row => (row.GetInt64(0), row.GetInt64(1), row.GetBytes(2)),
        _owner, row, limit);

    /// <summary>The next rows of a replay, oldest first.</summary>
    public List<(long Id, long AtMs, byte[] Body)> Next(DatabaseConnection connection, Replay replay) => connection.Query(
        "SELECT id, at, body FROM archive WHERE bus = ?1 AND id > ?2 AND coalesce(time, at) BETWEEN ?3 AND ?4 ORDER BY id LIMIT 16",
        static row => (row.GetInt64(0), row.GetInt64(1), row.GetBytes(2)),
        _owner, replay.Last, replay.From, replay.To);

    private static ArchiveTotals Totals(byte[] body) => ArchiveTotals.Of(PublishedEvent.Unpack(body).Events);

    private int Count(DatabaseConnection connection, ArchiveTotals added) =>
        connection.Execute("UPDATE archive_totals SET events = events + ?2, bytes = bytes + ?3 WHERE bus = ?1", _owner, added.Events, added.Bytes);
}
