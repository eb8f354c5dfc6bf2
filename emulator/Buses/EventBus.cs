namespace DataToEvents.Emulator.Buses;

/// <summary>
/// An EventBridge bus with rules by event pattern, one invocation an event, retries, dead-letter queues, an archive and replays. An event that
/// PutEvents accepted stays on disk until each target, or the target's dead-letter queue, took it. After a crash an event may be delivered again.
/// </summary>
public sealed class EventBus : IDisposable
{
    private readonly DurableQueue _queue;
    private readonly EventBuffers _buffers = new();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Dispatcher _dispatcher;
    private readonly ReplaySql _replays;
    private long _published;

    private EventBus(DatabaseConnection connection, Database database, EventBusOptions options, TimeProvider time, Random random)
    {
        (Options, _time, _random) = (options, time, random);
        _queue = DurableQueue.Open(connection, database, $"bus/{options.Name}", options.ResidentBytes);
        _dispatcher = new Dispatcher(database, _queue, options, time);
        _replays = new ReplaySql(options.Name);
        Archives = new BusArchives(connection, database, options, _replays, time);
        Replays = new Replays(connection, database, _replays, _queue, _dispatcher, time);
    }

    public EventBusOptions Options { get; }

    /// <summary>The archive of the program.</summary>
    public EventArchive Archive => Archives.OfProgram;

    /// <summary>The archive of the program, and those that clients of EventBridge make.</summary>
    public BusArchives Archives { get; }

    public Replays Replays { get; }

    public IReadOnlyList<RuleState> Rules => [.. _dispatcher.Rules.Select(static rule => rule.State)];

    public EventBusStats Stats
    {
        get
        {
            var rules = Rules;
            var inFlight = _dispatcher.InFlightRows.Totals;
            return new(
                Interlocked.Read(ref _published),
                rules.Sum(rule => rule.Delivered),
                rules.Sum(rule => rule.FailedAttempts),
                rules.Sum(rule => rule.DeadLettered),
                _queue.WaitingRecords + inFlight.Events,
                (inFlight.OldestAtMs ?? _queue.OldestAtMs) is { } oldest ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero);
        }
    }

    /// <summary>Opens the bus of that name with the events that it had not delivered, or creates it.</summary>
    public static Task<EventBus> OpenAsync(Database database, EventBusOptions options, TimeProvider time, Random random)
    {
        ArchiveSql.Define(database);
        BusArchives.Define(database);
        ReplaySql.Define(database);
        return database.InTransactionAsync(connection => new EventBus(connection, database, options, time, random));
    }

    /// <summary>Adds a rule of the program.</summary>
    /// <param name="rule">The settings of the rule.</param>
    /// <param name="target">Gets the events that match.</param>
    /// <param name="deadLetters">Gets the matching events that the target did not take.</param>
    /// <param name="delivered">Called with the event's detail after this target took an event. Called on any thread.</param>
    /// <exception cref="ServiceException">The pattern is not valid; the message names the place in it.</exception>
    public void AddRule(RuleOptions rule, IInvocable target, IDeadLetterQueue deadLetters, Action<ReadOnlyMemory<byte>>? delivered = null) =>
        Replace([], [NewRule(rule, target, deadLetters, delivered)]);

    /// <summary>Takes events. An event that has an id in the result is durable.</summary>
    /// <returns>A result for each entry, in order.</returns>
    /// <exception cref="ServiceException">EventBridge would refuse the call as a whole.</exception>
    public async Task<IReadOnlyList<PutEventResult>> PutEventsAsync(IReadOnlyList<BusEntry> entries)
    {
        Check(entries);
        var now = _time.GetUtcNow();
        var results = new PutEventResult[entries.Count];
        var buffer = _buffers.Rent();
        var accepted = new List<PublishedEvent>(entries.Count);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = entries[i].Fault() ?? PutEventResult.Accepted(NextId());
            if (results[i].EventId is { } id)
            {
                accepted.Add(PublishedEvent.Create(buffer, entries[i], id, Options, now));
            }
        }

        if (accepted.Count > 0)
        {
            await PublishAsync(accepted, now.ToUnixTimeMilliseconds());
        }

        _buffers.Return(buffer);
        return results;
    }

    /// <summary>Delivers until cancelled, then waits for the deliveries under way.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Pump.RunAsync(cancellationToken, _dispatcher.RunAsync, Replays.RunAsync);

    public void Dispose()
    {
        _dispatcher.Dispose();
        Replays.Dispose();
    }

    internal Rule NewRule(RuleOptions rule, IInvocable target, IDeadLetterQueue deadLetters, Action<ReadOnlyMemory<byte>>? delivered) =>
        new(rule, target, deadLetters, Options, _time, _random, delivered);

    internal void Replace(IReadOnlyList<Rule> old, IReadOnlyList<Rule> changed) => _dispatcher.Replace(old, changed);

    /// <summary>Deletes what the bus holds.</summary>
    internal void Delete(DatabaseConnection connection)
    {
        _queue.Clear(connection);
        Archives.Delete(connection);
        _replays.Delete(connection);
    }

    internal static void CheckCount(int entries)
    {
        if (entries is 0 or > BusLimits.MaxEntries)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have 1 to {BusLimits.MaxEntries} entries.");
        }
    }

    private void Check(IReadOnlyList<BusEntry> entries)
    {
        CheckCount(entries.Count);
        if (entries.Sum(entry => (long)entry.Size) > Options.MaxRequestBytes)
        {
            throw new ServiceException("ValidationException", "Total size of the entries in the request is over the limit.");
        }
    }

    private async Task PublishAsync(List<PublishedEvent> events, long atMs)
    {
        var body = PublishedEvent.Pack(events);
        await _queue.AppendAsync(atMs, events.Count, body, Archives.Adding(events, body, atMs));
        Interlocked.Add(ref _published, events.Count);
        _dispatcher.Wake();
        await Archives.DeleteExpiredAsync();
    }

    private string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_random)
        {
            _random.NextBytes(bytes);
        }

        return new Guid(bytes).ToString();
    }
}

/// <summary>Counts of a bus: its work since it was opened, and the events that wait now.</summary>
/// <param name="Published">Events taken by PutEvents.</param>
/// <param name="Delivered">Events that a target took.</param>
/// <param name="FailedAttempts">Attempts that a target, or later its dead-letter queue, refused.</param>
/// <param name="DeadLettered">Events given to a dead-letter queue.</param>
/// <param name="Pending">Events that at least one target has not taken yet.</param>
/// <param name="OldestAge">How long the oldest of them has waited.</param>
public sealed record EventBusStats(long Published, long Delivered, long FailedAttempts, long DeadLettered, long Pending, TimeSpan OldestAge);
