using DataToEvents.Adapters.Embedded.Storage;

namespace DataToEvents.Adapters.Embedded.Bus;

/// <summary>Published events by the time of their call, to be played again; a row a call.</summary>
internal sealed class Archive
{
    private readonly string _bus;

    private Archive(string bus) => _bus = bus;

    public bool IsKept { get; set; }

    public static Archive Open(Session session, string bus)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS archive (id INTEGER PRIMARY KEY, bus TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL)");
        session.Execute("CREATE TABLE IF NOT EXISTS replays (bus TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (bus, name)) WITHOUT ROWID");
        return new Archive(bus);
    }

    public void Add(Session session, long atMs, byte[] body) =>
        session.Execute("INSERT INTO archive (bus, at, body) VALUES (?1, ?2, ?3)", _bus, atMs, body);

    /// <summary>Takes the name and says which rows are to be played, oldest first.</summary>
    public List<long> Begin(Session session, string name, DateTimeOffset from, DateTimeOffset to)
    {
        if (session.Execute("INSERT INTO replays (bus, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING", _bus, name) == 0)
        {
            throw new BusException("ResourceAlreadyExistsException", $"Replay {name} already exists.");
        }

        return session.Query(
            "SELECT id FROM archive WHERE bus = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY id",
            static row => row.GetInt64(0),
            _bus, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
    }

    public static byte[] Read(Session session, long row) => (byte[])session.Scalar("SELECT body FROM archive WHERE id = ?1", row)!;
}
