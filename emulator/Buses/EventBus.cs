using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Buses;

/// <summary>
/// An EventBridge bus: rules by event pattern, one invocation an event, retries, dead-letter queues, an archive. What it acknowledged is
/// on disk until every target took it, or its dead-letter queue did; after a crash an event may be delivered again.
/// </summary>
public sealed partial class EventBus : IDisposable
{
    private readonly Database _database;
    private readonly DurableQueue _journal;
    private readonly Archive _archive;
    private readonly EventBuffers _buffers = new();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Dispatcher _dispatcher;
    private long _published;

    private EventBus(DatabaseConnection connection, Database database, EventBusOptions options, TimeProvider time, Random random)
    {
        (_database, Options, _time, _random) = (database, options, time, random);
        _journal = DurableQueue.Open(connection, database, $"bus/{options.Name}", options.ResidentBytes);
        _archive = Archive.Open(connection, options.Name);
        _toPlay = new Queue<Replay>(_archive.Unfinished(connection));
        _called = new Wake(time);
        _dispatcher = new Dispatcher(database, _journal, options, time);
    }

    public EventBusOptions Options { get; }

    /// <summary>Called after a target took an event: with the event's detail, from any thread.</summary>
    public Action<ReadOnlyMemory<byte>>? Delivered
    {
        get => _dispatcher.Delivered;
        set => _dispatcher.Delivered = value;
    }

    public EventBusStats Stats => new(
        Interlocked.Read(ref _published),
        _dispatcher.Rules.Sum(rule => rule.Delivered),
        _dispatcher.Rules.Sum(rule => rule.FailedAttempts),
        _dispatcher.Rules.Sum(rule => rule.DeadLettered),
        _journal.WaitingRecords + _dispatcher.UnderWay.Events,
        (_dispatcher.UnderWay.OldestAtMs ?? _journal.OldestAtMs) is { } oldest ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero);

    /// <summary>Opens the bus of that name with what it had not delivered, or creates it.</summary>
    public static Task<EventBus> OpenAsync(Database database, EventBusOptions options, TimeProvider time, Random random) =>
        database.InTransactionAsync(connection => new EventBus(connection, database, options, time, random));

    public IReadOnlyList<RuleState> Rules => _dispatcher.Rules.ConvertAll(rule => rule.State);

    /// <summary>Adds a rule; before the bus runs.</summary>
    /// <param name="rule">What it is.</param>
    /// <param name="target">Gets the events that match.</param>
    /// <param name="deadLetters">Gets those that the target did not take.</param>
    /// <param name="delivered">Called after this target took an event: with the event's detail, from any thread.</param>
    /// <exception cref="BusException">The pattern is none; the message names the place.</exception>
    public void AddRule(RuleOptions rule, IInvocable target, IDeadLetterQueue deadLetters, Action<ReadOnlyMemory<byte>>? delivered = null) =>
        _dispatcher.Rules.Add(new Rule(rule, target, deadLetters, Options, _time, _random, delivered));

    /// <summary>Takes events; each that has an id in the result is durable.</summary>
    /// <returns>A result for each entry, in order.</returns>
    /// <exception cref="BusException">EventBridge would refuse the call as a whole.</exception>
    public async Task<IReadOnlyList<PutEventResult>> PutEventsAsync(IReadOnlyList<BusEntry> entries)
    {
        Check(entries);
        var now = _time.GetUtcNow();
        var results = new PutEventResult[entries.Count];
        var buffer = _buffers.Rent();
        var accepted = new List<BusEvent>(entries.Count);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = entries[i].Fault() ?? PutEventResult.Accepted(NextId());
            if (results[i].EventId is { } id)
            {
                accepted.Add(BusEvent.Create(buffer, entries[i], id, Options, now));
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
    public Task RunAsync(CancellationToken cancellationToken) => Pump.RunAsync(cancellationToken, _dispatcher.RunAsync, PlayAllAsync);

    public void Dispose()
    {
        _dispatcher.Dispose();
        _called.Dispose();
    }

    internal static void CheckCount(int entries)
    {
        if (entries is 0 or > BusLimits.MaxEntries)
        {
            throw new BusException("ValidationException", $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have 1 to {BusLimits.MaxEntries} entries.");
        }
    }

    private void Check(IReadOnlyList<BusEntry> entries)
    {
        CheckCount(entries.Count);
        if (entries.Sum(entry => (long)entry.Size) > Options.MaxRequestBytes)
        {
            throw new BusException("ValidationException", "Total size of the entries in the request is over the limit.");
        }
    }

    private async Task PublishAsync(List<BusEvent> events, long atMs)
    {
        var body = BusEvent.Pack(events);
        var kept = Kept(events);
        var archived = kept.Count == events.Count ? body : BusEvent.Pack(kept);
        await _journal.AppendAsync(atMs, events.Count, body, kept.Count == 0 ? null : connection => _archive.Add(connection, atMs, archived));
        Interlocked.Add(ref _published, events.Count);
        _dispatcher.Wake();
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

/// <param name="Published">Events taken by PutEvents.</param>
/// <param name="Delivered">Events that a target took.</param>
/// <param name="FailedAttempts">Tries that a target, or at last its dead-letter queue, refused.</param>
/// <param name="DeadLettered">Events given to a dead-letter queue.</param>
/// <param name="Pending">Events that not every target took yet.</param>
/// <param name="OldestAge">Of the oldest of these.</param>
public sealed record EventBusStats(long Published, long Delivered, long FailedAttempts, long DeadLettered, long Pending, TimeSpan OldestAge);
