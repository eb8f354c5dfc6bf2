using DataToEvents.Adapters.Embedded;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda.Queues;
using DataToEvents.Emulator.Lambda.Streams;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.World;

/// <summary>The engine and the functions from one start to the next: whatever is only in memory ends with it.</summary>
internal sealed class Host
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception> _failed = new();

    private Host(PathWorld world, Database database) => (World, Database) = (world, database);

    public PathWorld World { get; }

    public Database Database { get; }

    public Life Life { get; } = new();

    public MessageQueue Queue { get; private set; } = null!;

    public MessageQueue DeadLetters { get; private set; } = null!;

    public MessageQueue RuleDeadLetters { get; private set; } = null!;

    public ItemTable Table { get; private set; } = null!;

    public EventBus Bus { get; private set; } = null!;

    public EmbeddedStreamView View { get; private set; } = null!;

    public DeliveryStream Stream { get; private set; } = null!;

    public StreamEventSource Source { get; private set; } = null!;

    public PathFunctions Functions { get; private set; } = null!;

    public Task Pumps { get; private set; } = Task.CompletedTask;

    /// <summary>Completes with what a service cannot go on from.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Records and events that are neither delivered nor set aside, and invocations that still run.</summary>
    public long Pending =>
        Stream.Stats.BufferedRecords + Queue.Stats.Depth + Source.Stats.Behind + Bus.Stats.Pending + Functions.All.Sum(function => function.Running);

    public static async Task<Host> StartAsync(PathWorld world, Database database)
    {
        var host = new Host(world, database);
        await host.OpenAsync();
        host.Pumps = host.RunAsync();
        return host;
    }

    public async Task StopAsync()
    {
#pragma warning disable CA1849 // CancelAsync would leave the thread.
        _stop.Cancel();
#pragma warning restore CA1849
        await Pumps;
        Life.End();
        Stream.Dispose();
        Bus.Dispose();
        await Queue.DisposeAsync();
        await DeadLetters.DisposeAsync();
        await RuleDeadLetters.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var (settings, clock, random) = (World.Settings, World.Clock, World.EngineRandom);
        DeadLetters = await MessageQueue.OpenAsync(Database, Options(Settings.DeadLettersName), clock, random);
        Queue = await MessageQueue.OpenAsync(
            Database,
            Options(Settings.QueueName) with { VisibilityTimeout = settings.Visibility, Redrive = new RedrivePolicy(DeadLetters, settings.MaxReceives) },
            clock,
            random);
        RuleDeadLetters = await MessageQueue.OpenAsync(Database, Options(Settings.RuleDeadLettersName) with { Fifo = false }, clock, random);
        Table = await ItemTable.OpenAsync(Database, settings.Table, clock);
        Bus = await EventBus.OpenAsync(Database, new EventBusOptions(Settings.BusName), clock, random);
        View = new EmbeddedStreamView(Database, clock);
        Functions = new PathFunctions(this);
        Stream = await DeliveryStream.OpenAsync(Database, Bucket(), Functions.Transformer, settings.DeliveryStream, clock);
        var source = settings.GivesUpOrderOnBus ? settings.StreamSource with { ParallelizationFactor = 1 + random.Next(4) } : settings.StreamSource;
        var onFailure = new FaultyOnFailure(new OnFailureObjects(World.Bucket), Calls(Hop.OnFailure));
        Source = await StreamEventSource.OpenAsync(Database, Table, Functions.Emitter, World.Mutant.StreamSource(source), World.Mutant.OnFailure(onFailure), clock, random);
        Bus.AddRule(settings.Rule, Functions.Responder, new FaultyDeadLetters(new RuleDeadLettersQueue(RuleDeadLetters), Calls(Hop.RuleDeadLetters)));
        if (settings.KeepsArchive)
        {
            Bus.Archive.Keep();
        }
    }

    private Task RunAsync()
    {
        var storer = new QueueEventSource(Queue, Functions.EventStorer, World.Settings.QueueSource);
        List<Func<CancellationToken, Task>> pumps = [Stream.RunAsync, storer.RunAsync, Source.RunAsync, Bus.RunAsync];
        if (World.Settings.KeepsHouse)
        {
            pumps.AddRange([Queue.RunAsync, Table.RunAsync]);
        }

        return Task.WhenAll(pumps.Select(RunAsync));
    }

    private async Task RunAsync(Func<CancellationToken, Task> pump)
    {
        try
        {
            await pump(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped in the middle of an invocation.
        }
#pragma warning disable CA1031 // Not swallowed: the world judges it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _failed.TrySetResult(fault);
        }
    }

    private QueueOptions Options(string name) => new() { Name = name, MaxHeldBodies = World.Settings.MaxHeldBodies, Retention = TimeSpan.FromDays(14) };

    private ServiceCalls Calls(Hop hop) => new(hop, World.Plan, Life);

    private FaultyBucket Bucket() => new(World.Bucket, Calls(Hop.Bucket));
}

/// <summary>Lambda's on-failure destination: objects of the bucket.</summary>
internal sealed class OnFailureObjects(ObjectBucket bucket) : IOnFailureDestination
{
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        bucket.PutAsync($"on-failure/{key}", body, cancellationToken);
}

/// <summary>The rule's dead-letter queue, as EventBridge fills it.</summary>
internal sealed class RuleDeadLettersQueue(MessageQueue queue) : IDeadLetterQueue
{
    public async Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var outcomes = await queue.SendBatchAsync([new SendEntry(null, null, eventJson, Attributes: attributes)]);
        if (outcomes[0].Error is { } error)
        {
            throw new QueueException(error.Code, error.Message);
        }
    }
}
