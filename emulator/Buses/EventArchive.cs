using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Buses;

/// <summary>The archive of a bus. It keeps events from <see cref="Keep"/> on.</summary>
public sealed class EventArchive
{
    /// <summary>How many calls a search reads at most, so that it ends if the event is not there: about what a busy bus takes in ten seconds.</summary>
    public const int MaxSearchedCalls = 16_384;

    /// <summary>Calls in a page of a search. Each page occupies the database's writer for about a millisecond.</summary>
    private const int CallsAtOnce = 128;

    private readonly Database _database;
    private readonly ArchiveSql _sql;
    private readonly EventBusOptions _bus;
    private EventPattern? _pattern;

    internal EventArchive(Database database, ArchiveSql sql, EventBusOptions bus) => (_database, _sql, _bus) = (database, sql, bus);

    /// <summary>Null while no archive is kept.</summary>
    public ArchiveState? State { get; private set; }

    /// <summary>Archives the events that are published from now on.</summary>
    /// <param name="pattern">Which events are kept; null keeps all.</param>
    /// <param name="name">The name of the archive.</param>
    /// <exception cref="ServiceException">The pattern is not valid; the message names the place in it.</exception>
    public void Keep(string? pattern = null, string name = "archive")
    {
        _pattern = pattern is null ? null : EventPattern.Parse(pattern);
        State = new ArchiveState(name, $"arn:aws:events:{_bus.Region}:{_bus.AccountId}:archive/{name}", pattern);
    }

    /// <summary>Looks for an archived event in the calls that were made at a time or soon after.</summary>
    /// <param name="since">The event was not published before this time.</param>
    /// <param name="isWanted">Judges an event by its detail.</param>
    /// <returns>Null when the event is not in the first <see cref="MaxSearchedCalls"/> calls.</returns>
    public async Task<ArchivedEvent?> FindAsync(DateTimeOffset since, Func<ReadOnlyMemory<byte>, bool> isWanted)
    {
        var row = await _database.InTransactionAsync(connection => ArchiveSql.FirstSince(connection, since.ToUnixTimeMilliseconds()));
        for (var searched = 0; searched < MaxSearchedCalls; searched += CallsAtOnce)
        {
            var from = row;
            var calls = await _database.InTransactionAsync(connection => _sql.From(connection, from, CallsAtOnce));
            foreach (var (id, atMs, body) in calls)
            {
                row = id + 1;
                if (PublishedEvent.Unpack(body).Events.Find(item => isWanted(item.Detail)) is { Json.IsEmpty: false } found)
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

    /// <summary>Archives a call in the transaction that stores it.</summary>
    /// <param name="events">The events of the call.</param>
    /// <param name="body">The same events, packed.</param>
    /// <param name="atMs">When the call was made, in Unix milliseconds.</param>
    /// <returns>Null when none of the events is kept.</returns>
    internal Action<DatabaseConnection>? Adding(List<PublishedEvent> events, byte[] body, long atMs)
    {
        var kept = State is null ? [] : _pattern is { } pattern ? events.FindAll(item => Matches(pattern, item)) : events;
        if (kept.Count == 0)
        {
            return null;
        }

        // A replay selects events by the time of their entry (Amazon EventBridge API Reference, "StartReplay").
        var rows = kept.GroupBy(static item => item.TimeMs)
            .Select(sameTime => (Time: sameTime.Key, Body: sameTime.Count() == events.Count ? body : PublishedEvent.Pack([.. sameTime]))).ToList();
        return connection => rows.ForEach(row => _sql.Add(connection, atMs, row.Time, row.Body));
    }

    private static bool Matches(EventPattern pattern, PublishedEvent item)
    {
        using var json = item.Parse(withDetail: pattern.LooksAt("detail"));
        return pattern.Matches(json.RootElement);
    }
}

/// <summary>The settings of an archive.</summary>
/// <param name="Name">The name of the archive.</param>
/// <param name="Arn">The ARN of the archive.</param>
/// <param name="Pattern">The pattern of the events that it keeps; null when it keeps all.</param>
public sealed record ArchiveState(string Name, string Arn, string? Pattern);

/// <summary>One event that the archive keeps.</summary>
/// <param name="PublishedAt">When the bus took the event.</param>
/// <param name="Json">The event as targets get it.</param>
public sealed record ArchivedEvent(DateTimeOffset PublishedAt, ReadOnlyMemory<byte> Json);
