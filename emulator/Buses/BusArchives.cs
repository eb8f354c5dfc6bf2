namespace DataToEvents.Emulator.Buses;

/// <summary>
/// The archives of a bus: the one of the program, and those that clients of EventBridge make, change and delete. Theirs are stored, and hold again after a restart.
/// All members may be called from any thread.
/// </summary>
public sealed class BusArchives
{
    private const string Schema =
        "CREATE TABLE IF NOT EXISTS client_archives (name TEXT PRIMARY KEY, bus TEXT NOT NULL, created INTEGER NOT NULL, description TEXT, pattern TEXT, days INTEGER NOT NULL) WITHOUT ROWID;";

    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromHours(1);

    private readonly Database _database;
    private readonly EventBusOptions _bus;
    private readonly ReplaySql _replays;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly EventArchive _ofProgram;
    private volatile EventArchive[] _ofClients;
    private long _expiredAtMs;

    internal BusArchives(DatabaseConnection connection, Database database, EventBusOptions bus, ReplaySql replays, TimeProvider time)
    {
        (_database, _bus, _replays, _time) = (database, bus, replays, time);
        var sql = new ArchiveSql(bus.Name);
        sql.Open(connection);
        _ofProgram = new EventArchive(database, sql, bus);
        _ofClients =
        [
            .. connection.Query("SELECT name, created, description, pattern, days FROM client_archives WHERE bus = ?1 ORDER BY name", State, bus.Name).Select(Open),
        ];
    }

    /// <summary>The archive of the program, which may keep nothing.</summary>
    public EventArchive OfProgram => _ofProgram;

    /// <summary>Those that keep events.</summary>
    public IReadOnlyList<EventArchive> All => [.. _ofClients.Prepend(_ofProgram).Where(static archive => archive.State is not null)];

    internal static void Define(Database database) => database.Define(Schema);

    /// <summary>Makes an archive.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Gets the default settings (all events, without an end) and returns those of the new archive.</param>
    /// <exception cref="ServiceException">The pattern is not valid, or there is an archive of that name, on any bus.</exception>
    internal async Task<ArchiveState> CreateAsync(string name, Func<ArchiveState, ArchiveState> settings)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var state = settings(new ArchiveState(name, _bus.ArchiveArn(name), Pattern: null) { Created = now });
        var archive = Open(state);
        await _database.InTransactionAsync(connection =>
        {
            var made = connection.Execute(
                "INSERT INTO client_archives (name, bus, created, description, pattern, days) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                name, _bus.Name, now.ToUnixTimeMilliseconds(), state.Description, state.Pattern, state.RetentionDays);
            if (made == 0)
            {
                throw Exists(name);
            }

            new ArchiveSql(_bus.Name, name).Open(connection);
            return made;
        });
        Change(archives => [.. archives, archive]);
        return state;
    }

    /// <summary>Changes an archive. What it has archived stays.</summary>
    /// <exception cref="ServiceException">The pattern is not valid.</exception>
    internal async Task<ArchiveState> UpdateAsync(EventArchive archive, Func<ArchiveState, ArchiveState> change)
    {
        var state = change(archive.State!);
        if (state.Pattern is { } pattern)
        {
            Patterns.EventPattern.Parse(pattern);
        }

        await _database.InTransactionAsync(connection => connection.Execute(
            "UPDATE client_archives SET description = ?2, pattern = ?3, days = ?4 WHERE name = ?1", state.Name, state.Description, state.Pattern, state.RetentionDays));
        archive.Keep(state);
        return state;
    }

    /// <summary>Deletes an archive with what it has archived.</summary>
    internal async Task DeleteAsync(EventArchive archive)
    {
        var name = archive.State!.Name;
        Change(archives => [.. archives.Where(other => other != archive)]);
        await _database.InTransactionAsync(connection =>
        {
            _replays.Fail(connection, name, _time.GetUtcNow().ToUnixTimeMilliseconds());
            return Delete(connection, archive);
        });
    }

    /// <summary>Deletes all archives of the bus.</summary>
    internal void Delete(DatabaseConnection connection)
    {
        _ofProgram.Delete(connection);
        Array.ForEach(_ofClients, archive => Delete(connection, archive));
    }

    /// <inheritdoc cref="EventArchive.Adding"/>
    internal Action<DatabaseConnection>? Adding(List<PublishedEvent> events, byte[] body, long atMs)
    {
        var adding = _ofProgram.Adding(events, body, atMs);
        foreach (var archive in _ofClients)
        {
            adding += archive.Adding(events, body, atMs);
        }

        return adding;
    }

    /// <summary>Deletes what is older than its archive keeps it, once an hour at most.</summary>
    internal async Task DeleteExpiredAsync()
    {
        var now = _time.GetUtcNow();
        var last = Interlocked.Read(ref _expiredAtMs);
        if (_ofClients.Length > 0 && now.ToUnixTimeMilliseconds() - last >= ExpiryInterval.TotalMilliseconds && Interlocked.CompareExchange(ref _expiredAtMs, now.ToUnixTimeMilliseconds(), last) == last)
        {
            foreach (var archive in _ofClients)
            {
                await archive.DeleteExpiredAsync(now);
            }
        }
    }

    internal static ServiceException Exists(string name) => new("ResourceAlreadyExistsException", $"Archive {name} already exists.");

    private static int Delete(DatabaseConnection connection, EventArchive archive)
    {
        archive.Delete(connection);
        return connection.Execute("DELETE FROM client_archives WHERE name = ?1", archive.State!.Name);
    }

    private ArchiveState State(SqlRow row) => new(row.GetString(0), _bus.ArchiveArn(row.GetString(0)), row.IsNull(3) ? null : row.GetString(3))
    {
        Created = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        Description = row.IsNull(2) ? null : row.GetString(2),
        RetentionDays = (int)row.GetInt64(4),
    };

    private EventArchive Open(ArchiveState state)
    {
        var archive = new EventArchive(_database, new ArchiveSql(_bus.Name, state.Name), _bus);
        archive.Keep(state);
        return archive;
    }

    private void Change(Func<EventArchive[], EventArchive[]> change)
    {
        lock (_gate)
        {
            _ofClients = change(_ofClients);
        }
    }
}
