namespace DataToEvents.Emulator.Buses;

/// <summary>Delivers archived events again, marked with the name of their replay. They are not archived again.</summary>
public sealed class Replays : IDisposable
{
    private readonly Database _database;
    private readonly ReplaySql _sql;
    private readonly DurableQueue _queue;
    private readonly Dispatcher _dispatcher;
    private readonly TimeProvider _time;

    // No channel: its readers leave their context, which a deterministic run must not.
    private readonly Queue<Replay> _waiting;
    private readonly Wake _started;

    internal Replays(DatabaseConnection connection, Database database, ReplaySql sql, DurableQueue queue, Dispatcher dispatcher, TimeProvider time)
    {
        (_database, _sql, _queue, _dispatcher, _time) = (database, sql, queue, dispatcher, time);
        _waiting = new Queue<Replay>(sql.Unfinished(connection));
        _started = new Wake(time);
    }

    /// <summary>
    /// Replays events and returns when all are in the bus's queue. A replay that a crash cuts short goes on when the bus runs again.
    /// </summary>
    /// <param name="name">The name of the replay. No earlier replay may have had it.</param>
    /// <param name="from">The first time that is replayed. An event's time is that of its entry, or else that of the call.</param>
    /// <param name="to">The last time that is replayed: an event of exactly this time is replayed, too.</param>
    /// <param name="rules">The names of the rules that get the replayed events; null for all.</param>
    /// <returns>How many events are replayed.</returns>
    /// <exception cref="ServiceException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task<int> PlayAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null)
    {
        var replay = Of(name, from, to, rules, archive: null);
        return await PlayAsync(await _database.InTransactionAsync(connection => _sql.Begin(connection, replay, description: null, Now())), CancellationToken.None);
    }

    /// <summary>Like PlayAsync, but returns when the replay is durable; events are replayed while the bus runs.</summary>
    /// <param name="name">The name of the replay. No earlier replay may have had it.</param>
    /// <param name="from">The first time that is replayed.</param>
    /// <param name="to">The last time that is replayed: an event of exactly this time is replayed, too.</param>
    /// <param name="rules">The names of the rules that get the replayed events; null for all.</param>
    /// <param name="archive">The name of an archive that a client made; null: the archive of the program.</param>
    /// <param name="description">The client's words; null: none.</param>
    /// <exception cref="ServiceException">The name was used before, or too many replays are starting or running.</exception>
    public async Task StartAsync(
        string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null, string? archive = null, string? description = null)
    {
        var replay = Of(name, from, to, rules, archive);
        await _database.InTransactionAsync(connection => ReplaySql.Active(connection) < BusLimits.MaxActiveReplays
            ? _sql.Begin(connection, replay, description, Now())
            : throw new ServiceException("LimitExceededException", "The requested resource exceeds the maximum number allowed."));
        lock (_waiting)
        {
            _waiting.Enqueue(replay);
        }

        _started.Set();
    }

    /// <summary>All replays that were ever begun, by name.</summary>
    public Task<List<ReplayState>> ListAsync() => _database.InTransactionAsync(_sql.All);

    public void Dispose() => _started.Dispose();

    /// <summary>Lets a replay end before its next events. It ends while the bus runs.</summary>
    /// <exception cref="ServiceException">It has ended, or is being cancelled.</exception>
    internal Task CancelAsync(string name) => _database.InTransactionAsync(connection => _sql.Cancel(connection, name)
        ? true
        : throw new ServiceException("IllegalStatusException", $"Replay {name} is not in a valid state for this operation."));

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Next() is { } replay)
            {
                await PlayAsync(replay, cancellationToken);
            }
            else
            {
                await _started.SleepAsync(cancellationToken);
            }
        }
    }

    private Replay? Next()
    {
        lock (_waiting)
        {
            return _waiting.TryDequeue(out var replay) ? replay : null;
        }
    }

    private static Replay Of(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules, string? archive) =>
        new(name, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), PublishedEvent.Join(rules ?? []), Last: 0, archive);

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<int> PlayAsync(Replay replay, CancellationToken cancellationToken)
    {
        var played = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = await _database.InTransactionAsync(connection => _sql.Next(connection, replay, Now()));
            if (rows.Count == 0)
            {
                return played;
            }

            foreach (var (id, atMs, body) in rows)
            {
                var events = PublishedEvent.Unpack(body).Events.ConvertAll(item => item.Replayed(replay.Name));
                await _queue.AppendAsync(
                    Now(), events.Count, PublishedEvent.Pack(events, replay.Rules), connection => _sql.Played(connection, replay, id, atMs));
                _dispatcher.Wake();
                played += events.Count;
            }

            replay = replay with { Last = rows[^1].Id };
        }
    }
}

/// <summary>How far a replay has come.</summary>
/// <param name="Name">The name of the replay.</param>
/// <param name="From">The first time that is replayed.</param>
/// <param name="To">The last time that is replayed: an event of exactly this time is replayed, too.</param>
/// <param name="Rules">The names of the rules that get the replayed events; empty for all.</param>
/// <param name="LastPlayed">When the last event that was replayed had been published; null when none was replayed yet.</param>
/// <param name="IsDone">It has ended.</param>
public sealed record ReplayState(string Name, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Rules, DateTimeOffset? LastPlayed, bool IsDone)
{
    /// <summary>The name of the archive that a client made; null: the archive of the program.</summary>
    public string? Archive { get; init; }

    /// <summary>The client's words; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>When it was started; null: not known of replays of earlier versions.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null while it has not, or not known.</summary>
    public DateTimeOffset? Ended { get; init; }

    public ReplayStatus Status { get; init; }
}

/// <summary>EventBridge's states of a replay.</summary>
public enum ReplayStatus
{
    /// <summary>No event is replayed yet.</summary>
    Starting,

    /// <summary>Some events are replayed.</summary>
    Running,

    /// <summary>All events are replayed.</summary>
    Completed,

    /// <summary>It ends before its next events.</summary>
    Cancelling,

    /// <summary>A client has cancelled it.</summary>
    Cancelled,

    /// <summary>Its archive was deleted meanwhile.</summary>
    Failed,
}
