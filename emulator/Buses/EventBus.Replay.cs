using DataToEvents.Emulator.Buses.Patterns;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Buses;

/// <summary>The archive, and playing it again.</summary>
public sealed partial class EventBus
{
    /// <summary>A search must end: who asks for an event that is not there has read about as many calls as a busy bus takes in ten seconds.</summary>
    public const int MaxSearchedCalls = 16_384;

    /// <summary>Each page holds up the database's writer for about a millisecond.</summary>
    private const int CallsAtOnce = 128;

    // No channel: its readers leave their context, which a deterministic run must not.
    private readonly Queue<Replay> _toPlay = [];
    private readonly Wake _called;
    private EventPattern? _archivePattern;

    /// <summary>The archive, if one is kept.</summary>
    public ArchiveState? Archived { get; private set; }

    /// <summary>Archives events from here on: those that match the pattern, or all.</summary>
    /// <param name="pattern">An event pattern; null for all.</param>
    /// <param name="name">Of the archive.</param>
    /// <exception cref="BusException">The pattern is none; the message names the place.</exception>
    public void KeepArchive(string? pattern = null, string name = "archive")
    {
        _archivePattern = pattern is null ? null : EventPattern.Parse(pattern);
        Archived = new ArchiveState(name, $"arn:aws:events:{Options.Region}:{Options.AccountId}:archive/{name}", pattern);
    }

    /// <summary>
    /// Delivers archived events again, marked with the replay's name, which no earlier replay may have had. They are not archived again.
    /// A replay that a crash cuts short goes on when the bus runs again.
    /// </summary>
    /// <param name="name">Of the replay.</param>
    /// <param name="from">When the first of the events was published; inclusive, as is <paramref name="to"/>.</param>
    /// <param name="to">When the last of the events was published.</param>
    /// <param name="rules">The names of the rules that take part; null for all.</param>
    /// <returns>How many events are played.</returns>
    /// <exception cref="BusException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task<int> ReplayAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null)
    {
        var chosen = BusEvent.Join(rules ?? []);
        return await PlayAsync(await _database.InTransactionAsync(connection => _archive.Begin(connection, name, from, to, chosen)), CancellationToken.None);
    }

    /// <summary>As <see cref="ReplayAsync"/>, but returns when the replay is durable; it is played while the bus runs.</summary>
    /// <exception cref="BusException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task StartReplayAsync(string name, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string>? rules = null)
    {
        var chosen = BusEvent.Join(rules ?? []);
        var replay = await _database.InTransactionAsync(connection => _archive.Begin(connection, name, from, to, chosen));
        lock (_toPlay)
        {
            _toPlay.Enqueue(replay);
        }

        _called.Set();
    }

    /// <summary>All replays that there ever were, by name.</summary>
    public Task<List<ReplayState>> ReplaysAsync() => _database.InTransactionAsync(_archive.Replays);

    /// <summary>Looks an archived event up, among the calls that came at a time or soon after.</summary>
    /// <param name="since">The event was not published before.</param>
    /// <param name="isWanted">By its detail.</param>
    /// <returns>Null when it is not among <see cref="MaxSearchedCalls"/> calls.</returns>
    public async Task<ArchivedEvent?> FindArchivedAsync(DateTimeOffset since, Func<ReadOnlyMemory<byte>, bool> isWanted)
    {
        var row = await _database.InTransactionAsync(connection => Archive.FirstSince(connection, since.ToUnixTimeMilliseconds()));
        for (var searched = 0; searched < MaxSearchedCalls; searched += CallsAtOnce)
        {
            var from = row;
            var calls = await _database.InTransactionAsync(connection => _archive.From(connection, from, CallsAtOnce));
            foreach (var (id, atMs, body) in calls)
            {
                row = id + 1;
                if (BusEvent.Unpack(body).Events.Find(item => isWanted(item.Detail)) is { Json.IsEmpty: false } found)
                {
                    return new ArchivedEvent(DateTimeOffset.FromUnixTimeMilliseconds(atMs), found.Json);
                }
            }

            if (calls.Count < CallsAtOnce)
            {
                break;
            }
        }

        return null;
    }

    private List<BusEvent> Kept(List<BusEvent> events) => (Archived, _archivePattern) switch
    {
        (null, _) => [],
        (_, null) => events,
        (_, { } pattern) => events.FindAll(item =>
        {
            using var json = item.Parse(withDetail: pattern.LooksAt("detail"));
            return pattern.Matches(json.RootElement);
        }),
    };

    private async Task PlayAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (NextToPlay() is { } replay)
            {
                await PlayAsync(replay, cancellationToken);
            }
            else
            {
                await _called.SleepAsync(cancellationToken);
            }
        }
    }

    private Replay? NextToPlay()
    {
        lock (_toPlay)
        {
            return _toPlay.TryDequeue(out var replay) ? replay : null;
        }
    }

    private async Task<int> PlayAsync(Replay replay, CancellationToken cancellationToken)
    {
        var played = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = await _database.InTransactionAsync(connection => _archive.Next(connection, replay));
            if (rows.Count == 0)
            {
                return played;
            }

            foreach (var (id, body) in rows)
            {
                var events = BusEvent.Unpack(body).Events.ConvertAll(item => item.Replayed(replay.Name));
                await _journal.AppendAsync(
                    _time.GetUtcNow().ToUnixTimeMilliseconds(), events.Count, BusEvent.Pack(events, replay.Rules), connection => _archive.Played(connection, replay, id));
                _dispatcher.Wake();
                played += events.Count;
            }

            replay = replay with { Last = rows[^1].Id };
        }
    }
}
