using DataToEvents.Adapters.Embedded.Functions;
using DataToEvents.Adapters.Embedded.Pumps;
using DataToEvents.Adapters.Embedded.Storage;

namespace DataToEvents.Adapters.Embedded.Bus;

/// <summary>
/// An EventBridge bus: rules by event pattern, one invocation an event, retries, dead-letter queues, an archive. What it acknowledged is
/// on disk until every target took it, or its dead-letter queue did; after a crash an event may be delivered again.
/// </summary>
public sealed class EventBus : IDisposable
{
    private readonly Database _database;
    private readonly Journal _journal;
    private readonly Archive _archive;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Wake _wake;
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _rowsUnderWay;
    private readonly List<Rule> _rules = [];
    private long _published;
    private long _underWay;

    private EventBus(Session session, Database database, EventBusOptions options, TimeProvider time, Random random)
    {
        (_database, Options, _time, _random) = (database, options, time, random);
        _journal = Journal.Open(session, database, $"bus/{options.Name}", options.ResidentBytes);
        _archive = Archive.Open(session, options.Name);
        _wake = new Wake(time);
        _places = new SemaphoreSlim(options.MaxDeliveries);
        _rowsUnderWay = new SemaphoreSlim(options.MaxDeliveries);
    }

    public EventBusOptions Options { get; }

    /// <summary>Called after a target took an event: with the event's detail, from any thread.</summary>
    public Action<ReadOnlyMemory<byte>>? Delivered { get; set; }

    public EventBusStats Stats => new(
        Interlocked.Read(ref _published),
        _rules.Sum(rule => rule.Delivered),
        _rules.Sum(rule => rule.FailedAttempts),
        _rules.Sum(rule => rule.DeadLettered),
        _journal.WaitingRecords + Interlocked.Read(ref _underWay),
        _journal.OldestAtMs is { } oldest ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero);

    /// <summary>Opens the bus of that name with what it had not delivered, or creates it.</summary>
    public static Task<EventBus> OpenAsync(Database database, EventBusOptions options, TimeProvider time, Random random) =>
        database.WriteAsync(session => new EventBus(session, database, options, time, random));

    /// <summary>Adds a rule; before the bus runs.</summary>
    /// <exception cref="BusException">The pattern is none; the message names the place.</exception>
    public void AddRule(RuleOptions rule, IFunction target, IDeadLetterQueue deadLetters) =>
        _rules.Add(new Rule(rule, target, deadLetters, Options, _time, _random));

    /// <summary>Archives all events from here on.</summary>
    public void KeepArchive() => _archive.IsKept = true;

    /// <summary>Takes events; each that has an id in the result is durable.</summary>
    /// <returns>A result for each entry, in order.</returns>
    /// <exception cref="BusException">EventBridge would refuse the call as a whole.</exception>
    public async Task<IReadOnlyList<PutEventResult>> PutEventsAsync(IReadOnlyList<BusEntry> entries)
    {
        Check(entries);
        var now = _time.GetUtcNow();
        var results = new PutEventResult[entries.Count];
        var accepted = new List<BusEvent>(entries.Count);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = entries[i].Fault() ?? PutEventResult.Accepted(NextId());
            if (results[i].EventId is { } id)
            {
                accepted.Add(BusEvent.Create(entries[i], id, Options, now));
            }
        }

        if (accepted.Count > 0)
        {
            await AppendAsync(accepted, now, archive: true);
            Interlocked.Add(ref _published, accepted.Count);
        }

        return results;
    }

    /// <summary>Delivers archived events again, marked with the replay's name, which no earlier replay may have had.</summary>
    /// <returns>How many events are played.</returns>
    /// <exception cref="BusException"><c>ResourceAlreadyExistsException</c>: the name was used before.</exception>
    public async Task<int> ReplayAsync(string name, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = await _database.WriteAsync(session => _archive.Begin(session, name, from, to));
        var played = 0;
        foreach (var row in rows)
        {
            var events = BusEvent.Unpack(await _database.WriteAsync(session => Archive.Read(session, row))).ConvertAll(item => item.Replayed(name));
            await AppendAsync(events, _time.GetUtcNow(), archive: false);
            played += events.Count;
        }

        return played;
    }

    /// <summary>Delivers until cancelled, then waits for the deliveries under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rows = new HashSet<Task>();
        try
        {
            while (true)
            {
                await _rowsUnderWay.WaitAsync(stop.Token);
                rows.RemoveWhere(static task => task.IsCompletedSuccessfully);
                rows.Add(DeliverAsync(await NextAsync(stop.Token), stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops, or a delivery could not be recorded; that one's exception comes out below.
        }

        await Task.WhenAll(rows);
    }

    public void Dispose()
    {
        _wake.Dispose();
        _places.Dispose();
        _rowsUnderWay.Dispose();
    }

    private void Check(IReadOnlyList<BusEntry> entries)
    {
        if (entries.Count is 0 or > BusLimits.MaxEntries)
        {
            throw new BusException("ValidationException", $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have 1 to {BusLimits.MaxEntries} entries.");
        }

        if (entries.Sum(entry => entry.Size) > Options.MaxRequestBytes)
        {
            throw new BusException("ValidationException", "Total size of the entries in the request is over the limit.");
        }
    }

    private async Task AppendAsync(List<BusEvent> events, DateTimeOffset now, bool archive)
    {
        var body = BusEvent.Pack(events);
        var atMs = now.ToUnixTimeMilliseconds();
        await _journal.AppendAsync(atMs, events.Count, body, archive && _archive.IsKept ? session => _archive.Add(session, atMs, body) : null);
        _wake.Set();
    }

    private async Task<JournalRow> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _journal.TakeAsync() is { } row)
            {
                Interlocked.Add(ref _underWay, row.Records);
                return row;
            }

            await _wake.SleepAsync(cancellationToken);
        }
    }

    private async Task DeliverAsync(JournalRow row, CancellationTokenSource stop)
    {
        try
        {
            var since = DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs);
            await Task.WhenAll(BusEvent.Unpack(row.Body).SelectMany(item => Deliveries(item, since, stop.Token)));
            await _database.WriteAsync(session => Journal.Remove(session, row.Id, row.Id));
            Interlocked.Add(ref _underWay, -row.Records);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The row stays in the journal: delivered again at the next start.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            _rowsUnderWay.Release();
        }
    }

    private IEnumerable<Task> Deliveries(BusEvent item, DateTimeOffset since, CancellationToken cancellationToken) =>
        _rules.Where(rule => rule.Matches(item)).Select(rule => DeliverAsync(rule, item, since, cancellationToken));

    private async Task DeliverAsync(Rule rule, BusEvent item, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await rule.DeliverAsync(item, since, _places, cancellationToken))
        {
            Delivered?.Invoke(item.Detail);
        }
    }

    private string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}

/// <param name="Published">Events taken by PutEvents.</param>
/// <param name="Delivered">Events that a target took.</param>
/// <param name="FailedAttempts">Deliveries that a target refused.</param>
/// <param name="DeadLettered">Events given to a dead-letter queue.</param>
/// <param name="Pending">Events that not every target took yet.</param>
/// <param name="OldestAge">Of the oldest event that no delivery has begun for.</param>
public sealed record EventBusStats(long Published, long Delivered, long FailedAttempts, long DeadLettered, long Pending, TimeSpan OldestAge);
