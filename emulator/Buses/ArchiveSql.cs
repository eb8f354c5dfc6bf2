namespace DataToEvents.Emulator.Buses;

/// <summary>One replay: which rows of the archive take part, and the last one that was replayed.</summary>
/// <param name="Name">The name of the replay.</param>
/// <param name="From">The first time that takes part, in Unix milliseconds.</param>
/// <param name="To">The last time that takes part, in Unix milliseconds.</param>
/// <param name="Rules">The names of the rules that take part, one a line; empty for all.</param>
/// <param name="Last">The id of the last row that was replayed; 0 for none.</param>
internal sealed record Replay(string Name, long From, long To, string Rules, long Last);

/// <summary>The SQL of a bus's archive, which has a row for all events of a call that have one time, and of its replays.</summary>
internal sealed class ArchiveSql
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS archive (id INTEGER PRIMARY KEY, bus TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS bus_replays (
            bus TEXT NOT NULL, name TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, rules TEXT NOT NULL,
            last INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (bus, name)) WITHOUT ROWID;
        """;

    private readonly string _bus;

    public ArchiveSql(string bus) => _bus = bus;

    public static void Define(Database database)
    {
        database.Define(Schema);
        database.DefineColumn("archive", "time", "INTEGER");
    }

    /// <param name="connection">The transaction.</param>
    /// <param name="atMs">When the call was made.</param>
    /// <param name="timeMs">The time that the events have; null: the call's.</param>
    /// <param name="body">The events.</param>
    public void Add(DatabaseConnection connection, long atMs, long? timeMs, byte[] body) =>
        connection.Execute("INSERT INTO archive (bus, at, time, body) VALUES (?1, ?2, ?3, ?4)", _bus, atMs, timeMs, body);

    /// <summary>Deletes the archive and the replays of the bus.</summary>
    public void Delete(DatabaseConnection connection)
    {
        connection.Execute("DELETE FROM archive WHERE bus = ?1", _bus);
        connection.Execute("DELETE FROM bus_replays WHERE bus = ?1", _bus);
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
        _bus, row, limit);

    /// <summary>Stores a new replay.</summary>
    /// <exception cref="ServiceException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public Replay Begin(DatabaseConnection connection, string name, DateTimeOffset from, DateTimeOffset to, string rules)
    {
        var replay = new Replay(name, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), rules, Last: 0);
        var taken = connection.Execute(
            """INSERT INTO bus_replays (bus, name, "from", "to", rules) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING""",
            _bus, name, replay.From, replay.To, rules);
        return taken == 1 ? replay : throw new ServiceException("ResourceAlreadyExistsException", $"Replay {name} already exists.");
    }

    /// <summary>Replays that an earlier run did not finish.</summary>
    public List<Replay> Unfinished(DatabaseConnection connection) => connection.Query(
        """SELECT name, "from", "to", rules, last FROM bus_replays WHERE bus = ?1 AND done = 0 ORDER BY name""",
        static row => new Replay(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4)),
        _bus);

    public List<ReplayState> Replays(DatabaseConnection connection) => connection.Query(
        """
        SELECT r.name, r."from", r."to", r.rules, r.done, a.at FROM bus_replays r LEFT JOIN archive a ON a.id = r.last WHERE r.bus = ?1 ORDER BY r.name
        """,
        static row => new ReplayState(
            row.GetString(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            row.GetString(3) is { Length: > 0 } rules ? rules.Split('\n') : [],
            row.IsNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            row.GetInt64(4) != 0),
        _bus);

    /// <summary>The next rows of a replay, oldest first. When there are no more, the replay is marked as done.</summary>
    public List<(long Id, byte[] Body)> Next(DatabaseConnection connection, Replay replay)
    {
        var rows = connection.Query(
            "SELECT id, body FROM archive WHERE bus = ?1 AND id > ?2 AND coalesce(time, at) BETWEEN ?3 AND ?4 ORDER BY id LIMIT 16",
            static row => (row.GetInt64(0), row.GetBytes(1)),
            _bus, replay.Last, replay.From, replay.To);
        if (rows.Count == 0)
        {
            connection.Execute("UPDATE bus_replays SET done = 1 WHERE bus = ?1 AND name = ?2", _bus, replay.Name);
        }

        return rows;
    }

    public void Played(DatabaseConnection connection, Replay replay, long row) =>
        connection.Execute("UPDATE bus_replays SET last = ?3 WHERE bus = ?1 AND name = ?2", _bus, replay.Name, row);
}
