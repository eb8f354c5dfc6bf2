namespace DataToEvents.Emulator.Buses;

/// <summary>One replay: which rows of an archive take part, and the last one that was replayed.</summary>
/// <param name="Name">The name of the replay.</param>
/// <param name="From">The first time that takes part, in Unix milliseconds.</param>
/// <param name="To">The last time that is included, in Unix milliseconds.</param>
/// <param name="Rules">The names of the rules that take part, one a line; empty for all.</param>
/// <param name="Last">The id of the last row that was replayed; 0 for none.</param>
/// <param name="Archive">The name of an archive that a client made; null: the archive of the program.</param>
internal sealed record Replay(string Name, long From, long To, string Rules, long Last, string? Archive);

/// <summary>The SQL of a bus's replays.</summary>
internal sealed class ReplaySql
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS bus_replays (
            bus TEXT NOT NULL, name TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, rules TEXT NOT NULL,
            last INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (bus, name)) WITHOUT ROWID;
        """;

    private static readonly (string Name, string Type)[] AddedColumns =
        [("archive", "TEXT"), ("description", "TEXT"), ("started", "INTEGER"), ("ended", "INTEGER"), ("played", "INTEGER"), ("status", "INTEGER")];

    private readonly string _bus;

    public ReplaySql(string bus) => _bus = bus;

    public static void Define(Database database)
    {
        database.Define(Schema);
        Array.ForEach(AddedColumns, column => database.DefineColumn("bus_replays", column.Name, column.Type));
    }

    /// <summary>Stores a new replay.</summary>
    /// <exception cref="ServiceException"><c>ResourceAlreadyExistsException</c>: the name was used before, on any bus.</exception>
    public Replay Begin(DatabaseConnection connection, Replay replay, string? description, long nowMs)
    {
        if (connection.Scalar("SELECT 1 FROM bus_replays WHERE name = ?1", replay.Name) is not null)
        {
            throw new ServiceException("ResourceAlreadyExistsException", $"Replay {replay.Name} already exists.");
        }

        connection.Execute(
            """INSERT INTO bus_replays (bus, name, "from", "to", rules, archive, description, started) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)""",
            _bus, replay.Name, replay.From, replay.To, replay.Rules, replay.Archive, description, nowMs);
        return replay;
    }

    /// <summary>How many replays are starting or running, on all buses.</summary>
    public static long Active(DatabaseConnection connection) => (long)connection.Scalar("SELECT count(*) FROM bus_replays WHERE done = 0 AND status IS NULL")!;

    /// <summary>Replays that an earlier run did not finish.</summary>
    public List<Replay> Unfinished(DatabaseConnection connection) => connection.Query(
        """SELECT name, "from", "to", rules, last, archive FROM bus_replays WHERE bus = ?1 AND done = 0 ORDER BY name""",
        static row => new Replay(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4), row.IsNull(5) ? null : row.GetString(5)),
        _bus);

    public List<ReplayState> All(DatabaseConnection connection) => connection.Query(
        """
        SELECT name, "from", "to", rules, coalesce(played, (SELECT at FROM archive WHERE id = last)), done, last, archive, description, started, ended, status
        FROM bus_replays WHERE bus = ?1 ORDER BY name
        """,
        static row => new ReplayState(
            row.GetString(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            row.GetString(3) is { Length: > 0 } rules ? rules.Split('\n') : [],
            Time(row, 4),
            row.GetInt64(5) != 0)
        {
            Archive = row.IsNull(7) ? null : row.GetString(7),
            Description = row.IsNull(8) ? null : row.GetString(8),
            Started = Time(row, 9),
            Ended = Time(row, 10),
            Status = !row.IsNull(11) ? (ReplayStatus)row.GetInt64(11) : row.GetInt64(5) != 0 ? ReplayStatus.Completed : row.GetInt64(6) == 0 ? ReplayStatus.Starting : ReplayStatus.Running,
        },
        _bus);

    /// <summary>The next rows of a replay, oldest first. When there are no more, or when it is to be cancelled, it ends.</summary>
    public List<(long Id, long AtMs, byte[] Body)> Next(DatabaseConnection connection, Replay replay, long nowMs)
    {
        var isCancelled = connection.Scalar("SELECT status FROM bus_replays WHERE bus = ?1 AND name = ?2", _bus, replay.Name) is not null;
        var rows = isCancelled ? [] : new ArchiveSql(_bus, replay.Archive).Next(connection, replay);
        if (rows.Count == 0)
        {
            connection.Execute(
                "UPDATE bus_replays SET done = 1, ended = ?3, status = CASE status WHEN ?4 THEN ?5 END WHERE bus = ?1 AND name = ?2 AND done = 0",
                _bus, replay.Name, nowMs, (long)ReplayStatus.Cancelling, (long)ReplayStatus.Cancelled);
        }

        return rows;
    }

    public void Played(DatabaseConnection connection, Replay replay, long row, long atMs) =>
        connection.Execute("UPDATE bus_replays SET last = ?3, played = ?4 WHERE bus = ?1 AND name = ?2", _bus, replay.Name, row, atMs);

    /// <summary>Lets a replay end before its next row.</summary>
    /// <returns>False when it has ended, or is being cancelled.</returns>
    public bool Cancel(DatabaseConnection connection, string name) =>
        connection.Execute("UPDATE bus_replays SET status = ?3 WHERE bus = ?1 AND name = ?2 AND done = 0 AND status IS NULL", _bus, name, (long)ReplayStatus.Cancelling) == 1;

    /// <summary>Ends the replays of an archive that is deleted.</summary>
    public void Fail(DatabaseConnection connection, string archive, long nowMs) => connection.Execute(
        "UPDATE bus_replays SET done = 1, ended = ?3, status = ?4 WHERE bus = ?1 AND archive = ?2 AND done = 0", _bus, archive, nowMs, (long)ReplayStatus.Failed);

    public void Delete(DatabaseConnection connection) => connection.Execute("DELETE FROM bus_replays WHERE bus = ?1", _bus);

    private static DateTimeOffset? Time(SqlRow row, int column) => row.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
