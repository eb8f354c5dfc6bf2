namespace DataToEvents.Emulator.Buses;

/// <summary>Delivers archived events again, marked with the name of their replay. They are not archived again.</summary>
public sealed class Replays : IDisposable
{
    private readonly Database _database;
    private readonly ArchiveSql _sql;
    private readonly DurableQueue _queue;
    private readonly Dispatcher _dispatcher;
    private readonly TimeProvider _time;

    // No channel: its readers leave their context, which a deterministic run must not.
    private readonly Queue<Replay> _waiting;
    private readonly Wake _started;

    internal Replays(DatabaseConnection connection, Database database, ArchiveSql sql, DurableQueue queue, Dispatcher dispatcher, TimeProvider time)
    {
        (_database, _sql, _queue, _dispatcher, _time) = (database, sql, queue, dispatcher, time);
        _waiting = new Queue<Replay>(sql.Unfinished(connection));
        _started = new Wake(time);
    }

    /// <summary>
    /// Replays events and returns when all are in the bus's queue. A replay that a crash cuts short goes on when the bus runs again.
    /// </summary>
    /// <param name="name">The name of the replay. No earlier replay may have had it.</param>
    /// <param name="from">The first time that takes part. An event's time is that of its entry, or else that of the call.</param>
    /// <param name="to">The last time that takes part.</param>
    /// <param name="rules">The names of the rules that take part; null for all.</param>
    /// <returns>How many events are replayed.</returns>
    /// <exception cref="ServiceException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task<int> PlayAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null) =>
        await PlayAsync(await BeginAsync(name, from, to, rules), CancellationToken.None);

    /// <summary>Like PlayAsync, but returns when the replay is durable; events are replayed while the bus runs.</summary>
    /// <exception cref="ServiceException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task StartAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null)
    {
        var replay = await BeginAsync(name, from, to, rules);
        lock (_waiting)
        {
            _waiting.Enqueue(replay);
        }

        _started.Set();
    }

    /// <summary>All replays that were ever begun, by name.</summary>
    public Task<List<ReplayState>> ListAsync() => _database.InTransactionAsync(_sql.Replays);

    public void Dispose() => _started.Dispose();

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

    private Task<Replay> BeginAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules)
    {
        var chosen = PublishedEvent.Join(rules ?? []);
        return _database.InTransactionAsync(connection => _sql.Begin(connection, name, from, to, chosen));
    }

    private async Task<int> PlayAsync(Replay replay, CancellationToken cancellationToken)
    {
        var played = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = await _database.InTransactionAsync(connection => _sql.Next(connection, replay));
            if (rows.Count == 0)
            {
                return played;
            }

            foreach (var (id, body) in rows)
            {
                var events = PublishedEvent.Unpack(body).Events.ConvertAll(item => item.Replayed(replay.Name));
                await _queue.AppendAsync(
                    _time.GetUtcNow().ToUnixTimeMilliseconds(), events.Count, PublishedEvent.Pack(events, replay.Rules), connection => _sql.Played(connection, replay, id));
                _dispatcher.Wake();
                played += events.Count;
            }

            replay = replay with { Last = rows[^1].Id };
        }
    }
}

/// <summary>How far a replay has come.</summary>
/// <param name="Name">The name of the replay.</param>
/// <param name="From">The first time that takes part.</param>
/// <param name="To">The last time that takes part.</param>
/// <param name="Rules">The rules that take part; empty for all.</param>
/// <param name="LastPlayed">When the last event that was replayed had been published; null when none was replayed yet.</param>
/// <param name="IsDone">All events are replayed.</param>
public sealed record ReplayState(string Name, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Rules, DateTimeOffset? LastPlayed, bool IsDone);
