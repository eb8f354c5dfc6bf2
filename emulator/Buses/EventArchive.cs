using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Buses;

/// <summary>An archive of a bus. It keeps events from <see cref="Keep(string?, string)"/> on.</summary>
public sealed class EventArchive
{
    /// <summary>How many calls a search reads at most, so that it ends if the event is not there: about what a busy bus takes in ten seconds.</summary>
    public const int MaxSearchedCalls = 16_384;

    /// <summary>Calls in a page of a search. Each page occupies the database's writer for about a millisecond.</summary>
    private const int CallsAtOnce = 128;

    private readonly Database _database;
    private readonly ArchiveSql _sql;
    private readonly EventBusOptions _bus;
    private volatile Kept? _kept;

    internal EventArchive(Database database, ArchiveSql sql, EventBusOptions bus) => (_database, _sql, _bus) = (database, sql, bus);

    /// <summary>Null while no archive is kept.</summary>
    public ArchiveState? State => _kept?.State;

    /// <summary>The ARN of the bus.</summary>
    public string SourceArn => _bus.Arn;

    /// <summary>Archives the events that are published from now on.</summary>
    /// <param name="pattern">Which events are kept; null keeps all.</param>
    /// <param name="name">The name of the archive.</param>
    /// <exception cref="ServiceException">The pattern is not valid; the message names the place in it.</exception>
    public void Keep(string? pattern = null, string name = "archive") => Keep(new ArchiveState(name, _bus.ArchiveArn(name), pattern));

    /// <summary>How much is archived.</summary>
    public Task<ArchiveTotals> TotalsAsync() => _database.InTransactionAsync(_sql.Totals);

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

    /// <exception cref="ServiceException">The pattern is not valid; the message names the place in it.</exception>
    internal void Keep(ArchiveState state) => _kept = new Kept(state, state.Pattern is { } pattern ? EventPattern.Parse(pattern) : null);

    /// <summary>Deletes what is older than the archive keeps it.</summary>
    internal async Task DeleteExpiredAsync(DateTimeOffset now)
    {
        var hasMore = State is { RetentionDays: > 0 };
        while (hasMore)
        {
            hasMore = await _database.InTransactionAsync(connection => _sql.DeleteBefore(connection, now.AddDays(-State!.RetentionDays).ToUnixTimeMilliseconds()));
        }
    }

    /// <summary>Deletes what is archived.</summary>
    internal void Delete(DatabaseConnection connection) => _sql.Delete(connection);

    /// <summary>Archives a call in the transaction that stores it.</summary>
    /// <param name="events">The events of the call.</param>
    /// <param name="body">The same events, packed.</param>
    /// <param name="atMs">When the call was made, in Unix milliseconds.</param>
    /// <returns>Null when none of the events is kept.</returns>
    internal Action<DatabaseConnection>? Adding(List<PublishedEvent> events, byte[] body, long atMs)
    {
        var kept = _kept is not { } settings ? [] : settings.Pattern is { } pattern ? events.FindAll(item => Matches(pattern, item)) : events;
        if (kept.Count == 0)
        {
            return null;
        }

        // A replay selects events by the time of their entry (Amazon EventBridge API Reference, "StartReplay").
        var rows = kept.GroupBy(static item => item.TimeMs)
            .Select(sameTime => (Time: sameTime.Key, Body: sameTime.Count() == events.Count ? body : PublishedEvent.Pack([.. sameTime]), Totals: ArchiveTotals.Of(sameTime))).ToList();
        return connection => rows.ForEach(row => _sql.Add(connection, atMs, row.Time, row.Body, row.Totals));
    }

    private static bool Matches(EventPattern pattern, PublishedEvent item)
    {
        using var json = item.Parse(withDetail: pattern.LooksAt("detail"));
        return pattern.Matches(json.RootElement);
    }

    /// <summary>The settings, and their pattern once it is read.</summary>
    private sealed record Kept(ArchiveState State, EventPattern? Pattern);
}

/// <summary>The settings of an archive.</summary>
/// <param name="Name">The name of the archive.</param>
/// <param name="Arn">The ARN of the archive.</param>
/// <param name="Pattern">The pattern of the events that it keeps; null when it keeps all.</param>
public sealed record ArchiveState(string Name, string Arn, string? Pattern)
{
    /// <summary>When a client made it; null: the program made it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The client's words; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>How long it keeps an event; 0: for ever.</summary>
    public int RetentionDays { get; init; }
}

/// <summary>How much an archive holds.</summary>
/// <param name="Events">The number of its events.</param>
/// <param name="Bytes">Their size: the texts of source, detail-type, time and resources, and the detail. That gives the 159 bytes of the events that LocalStack recorded on AWS.</param>
public readonly record struct ArchiveTotals(long Events, long Bytes)
{
    internal static ArchiveTotals Of(IEnumerable<PublishedEvent> events) =>
        events.Aggregate(default(ArchiveTotals), static (sum, item) => new ArchiveTotals(sum.Events + 1, sum.Bytes + item.ArchivedBytes));
}

/// <summary>One event that the archive keeps.</summary>
/// <param name="PublishedAt">When the bus took the event.</param>
/// <param name="Json">The event as targets get it.</param>
public sealed record ArchivedEvent(DateTimeOffset PublishedAt, ReadOnlyMemory<byte> Json);
