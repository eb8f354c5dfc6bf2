using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator;

/// <summary>
/// One AWS account in one region, played in this process. It puts the services together: add queues, tables, buckets, the bus and delivery streams,
/// then rules and event source mappings, then call <see cref="RunAsync"/>. All that they store lies in one database; add the same things after a restart,
/// and they have what they had.
/// </summary>
/// <param name="database">Belongs to the caller, who disposes of it after the account.</param>
/// <param name="clock">The clock of all services.</param>
/// <param name="random">Chooses ids and the length of pauses.</param>
public sealed class EmulatedAccount(Database database, TimeProvider clock, Random random) : IAsyncDisposable, IRuleTargets
{
    private readonly Dictionary<string, IInvocable> _functions = [];
    private readonly List<ItemTable> _tables = [];
    private readonly Dictionary<string, ObjectBucket> _buckets = [];
    private readonly List<DeliveryStream> _deliveryStreams = [];
    private readonly List<(MessageQueue Queue, QueueEventSource Mapping)> _queueMappings = [];
    private readonly List<StreamEventSource> _streamMappings = [];
    private readonly List<EventSourceMapping> _mappings = [];
    private EventBus? _bus;
    private AsyncInvocations? _invocations;
    private BusCatalog? _buses;

    /// <summary>All queues, those that clients of SQS made included.</summary>
    public IReadOnlyList<MessageQueue> Queues => QueueCatalog.All;

    /// <summary>The queues by name, and what clients of SQS may do with them.</summary>
    public QueueCatalog QueueCatalog { get; } = new(database, clock, random);

    /// <summary>All tables, those that clients of DynamoDB made included.</summary>
    public IReadOnlyList<ItemTable> Tables => TableCatalog.All;

    /// <summary>The tables by name, and those that clients of DynamoDB make.</summary>
    public TableCatalog TableCatalog { get; } = new(database, clock);

    public IReadOnlyDictionary<string, ObjectBucket> Buckets => _buckets;

    public IReadOnlyList<DeliveryStream> DeliveryStreams => _deliveryStreams;

    /// <summary>The functions by name: those that a mapping or a delivery stream has, and those that were added.</summary>
    public IReadOnlyDictionary<string, IInvocable> Functions => _functions;

    /// <summary>The functions' asynchronous invocations. An endpoint opens their queue.</summary>
    public AsyncInvocations AsyncInvocations => _invocations ??= new AsyncInvocations(database, _functions, clock);

    /// <summary>The event source mappings.</summary>
    public IReadOnlyList<EventSourceMapping> Mappings => _mappings;

    /// <summary>The rules that clients of EventBridge make.</summary>
    public RuleBook Rules { get; private set; } = null!;

    /// <summary>The bus, and those that clients of EventBridge make.</summary>
    public BusCatalog BusCatalog => _buses ??= new BusCatalog(database, clock, random, this);

    internal bool HasBus => _bus is not null;

    public EventBus Bus => _bus ?? throw new InvalidOperationException($"The account has no bus. Call {nameof(AddBusAsync)} first.");

    /// <summary>
    /// How much is on its way: records in delivery streams, messages in queues that a function reads, changes that a mapping has not handled, events that a
    /// target has not taken, asynchronous invocations. Counted in the order of the path, so that an event that moves meanwhile is counted twice and never missed.
    /// </summary>
    public UnderWayCounts UnderWay => new(
        _deliveryStreams.Sum(stream => stream.Stats.BufferedRecords),
        _queueMappings.Select(mapped => mapped.Queue).Distinct().Sum(queue => queue.Stats.Depth),
        _streamMappings.Sum(mapping => mapping.Stats.Behind),
        (_bus?.Stats.Pending ?? 0) + BusCatalog.Pending,
        AsyncInvocations.Pending);

    /// <summary>Adds a queue. Its dead-letter queue, if it has one, was added before.</summary>
    /// <exception cref="ServiceException">SQS would refuse the options.</exception>
    public Task<MessageQueue> AddQueueAsync(QueueOptions options) => QueueCatalog.AddAsync(options);

    public async Task<ItemTable> AddTableAsync(ItemTableOptions options)
    {
        var table = await TableCatalog.AddAsync(options);
        _tables.Add(table);
        return table;
    }

    public void AddBucket(string name, ObjectBucket bucket) => _buckets.Add(name, bucket);

    /// <summary>Adds the event bus of the program; it has one. Clients of EventBridge may make others.</summary>
    public async Task<EventBus> AddBusAsync(EventBusOptions options)
    {
        _bus = await EventBus.OpenAsync(database, options, clock, random);
        Rules = new RuleBook(_bus, database, this);
        BusCatalog.Add(_bus, Rules);
        return _bus;
    }

    /// <summary>Adds a function that clients of Lambda may invoke, and rules of clients have as a target.</summary>
    public void AddFunction(IInvocable function) => _functions[function.Name] = function;

    /// <param name="options">Name, buffers, prefixes.</param>
    /// <param name="bucket">Takes the function's answers, and the records on which it fails.</param>
    /// <param name="transform">The function that transforms records.</param>
    public async Task<DeliveryStream> AddDeliveryStreamAsync(DeliveryStreamOptions options, ObjectBucket bucket, IInvocable transform)
    {
        _functions.TryAdd(transform.Name, transform);
        var stream = await DeliveryStream.OpenAsync(database, bucket, transform, options, clock);
        _deliveryStreams.Add(stream);
        return stream;
    }

    /// <summary>Lets Lambda invoke a function with messages of a queue.</summary>
    public QueueEventSource MapQueue(MessageQueue queue, IInvocable function, QueueEventSourceOptions options)
    {
        _functions.TryAdd(function.Name, function);
        var mapping = new QueueEventSource(queue, function, options);
        _queueMappings.Add((queue, mapping));
        _mappings.Add(mapping.Mapping);
        return mapping;
    }

    /// <summary>Lets Lambda invoke a function with the changes of a table.</summary>
    /// <param name="table">Has a stream.</param>
    /// <param name="function">Gets the changes.</param>
    /// <param name="options">Batches, retries, filter.</param>
    /// <param name="onFailure">Gets what the function failed on after all retries; null: it is lost.</param>
    public async Task<StreamEventSource> MapStreamAsync(ItemTable table, IInvocable function, StreamEventSourceOptions options, IOnFailureDestination? onFailure)
    {
        _functions.TryAdd(function.Name, function);
        var mapping = await StreamEventSource.OpenAsync(database, table, function, options, onFailure, clock, random);
        _streamMappings.Add(mapping);
        _mappings.Add(mapping.Mapping);
        return mapping;
    }

    /// <summary>Runs deliveries and housekeeping until it is stopped. The first fault of a part stops the others and comes out.</summary>
    /// <param name="cancellationToken">Stops it; that is a normal end.</param>
    /// <param name="keepsHouse">Whether data past its retention or its time to live is deleted.</param>
    public Task RunAsync(CancellationToken cancellationToken, bool keepsHouse = true) => Pump.RunAsync(cancellationToken, Pumps(keepsHouse));

    public async ValueTask DisposeAsync()
    {
        _deliveryStreams.ForEach(static stream => stream.Dispose());
        _bus?.Dispose();
        Rules?.Dispose();
        TableCatalog.Dispose();
        _invocations?.Dispose();
        _buses?.Dispose();
        await QueueCatalog.DisposeAsync();
    }

    IInvocable? IRuleTargets.Target(string arn, string? messageGroupId) => arn.Split(':') is [_, _, "lambda", _, _, "function", var name, ..]
        ? _functions.GetValueOrDefault(name)
        : QueueCatalog.ByArn(arn) is { } queue ? new QueueTarget(queue, messageGroupId) : null;

    IDeadLetterQueue? IRuleTargets.DeadLetters(string arn) => QueueCatalog.ByArn(arn) is { } queue ? new QueueTarget(queue) : null;

    private IEnumerable<Func<CancellationToken, Task>> Pumps(bool keepsHouse)
    {
        IEnumerable<Func<CancellationToken, Task>> deliveries =
        [
            .. _deliveryStreams.Select(stream => (Func<CancellationToken, Task>)stream.RunAsync),
            .. _queueMappings.Select(mapped => (Func<CancellationToken, Task>)mapped.Mapping.RunAsync),
            .. _streamMappings.Select(mapping => (Func<CancellationToken, Task>)mapping.RunAsync),
            AsyncInvocations.RunAsync,
            BusCatalog.RunAsync,
        ];
        IEnumerable<Func<CancellationToken, Task>> housekeeping =
        [
            QueueCatalog.RunAsync,
            TableCatalog.RunAsync,
            .. _tables.Select(table => (Func<CancellationToken, Task>)table.RunAsync),
        ];
        return [.. deliveries, .. _bus is null ? Array.Empty<Func<CancellationToken, Task>>() : [_bus.RunAsync], .. keepsHouse ? housekeeping : []];
    }
}

/// <param name="Records">Records that a delivery stream accepted and that are not transformed yet.</param>
/// <param name="Messages">Messages in queues that a function reads.</param>
/// <param name="Changes">Changes of tables that a mapping has not handled yet.</param>
/// <param name="Events">Events on the bus that a target has not taken yet.</param>
/// <param name="Invocations">Asynchronous invocations that have neither succeeded nor been given up.</param>
public readonly record struct UnderWayCounts(long Records, long Messages, long Changes, long Events, long Invocations = 0)
{
    public long Total => Records + Messages + Changes + Events + Invocations;

    public override string ToString() =>
        $"records buffered: {Records}, messages queued: {Messages}, changes behind: {Changes}, events pending: {Events}, invocations pending: {Invocations}";
}
