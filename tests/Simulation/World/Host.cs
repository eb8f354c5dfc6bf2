using DataToEvents.Adapters.Embedded;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda.Mappings;
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
    private readonly EmulatedAccount _account;

    private Host(PathWorld world, Database database) =>
        (World, Database, _account) = (world, database, new EmulatedAccount(database, world.Clock, world.EngineRandom));

    public PathWorld World { get; }

    public Database Database { get; }

    public Life Life { get; } = new();

    public MessageQueue Queue { get; private set; } = null!;

    public MessageQueue DeadLetters { get; private set; } = null!;

    public MessageQueue RuleDeadLetters { get; private set; } = null!;

    public ItemTable Table { get; private set; } = null!;

    public EventBus Bus => _account.Bus;

    public EmbeddedStreamView View { get; private set; } = null!;

    public DeliveryStream Stream { get; private set; } = null!;

    /// <summary>How many emitters read the table's stream side by side.</summary>
    public int Lanes { get; private set; }

    public StreamEventSource Source { get; private set; } = null!;

    public SimulatedFunctions Functions { get; private set; } = null!;

    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Completes with what a service cannot go on from.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Records and events that are neither delivered nor set aside, and invocations that still run.</summary>
    public long Pending => _account.UnderWay.Total + Functions.All.Sum(function => function.Running);

    public static async Task<Host> StartAsync(PathWorld world, Database database)
    {
        var host = new Host(world, database);
        await host.OpenAsync();
        host.Running = host.RunAsync();
        return host;
    }

    public async Task StopAsync()
    {
#pragma warning disable CA1849 // CancelAsync would leave the thread.
        _stop.Cancel();
#pragma warning restore CA1849
        await Running;
        Life.End();
        await _account.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var settings = World.Settings;
        DeadLetters = await _account.AddQueueAsync(Options(Settings.DeadLettersName));
        Queue = await _account.AddQueueAsync(
            Options(Settings.QueueName) with { VisibilityTimeout = settings.Visibility, MaxLookAhead = settings.MaxLookAhead, Redrive = new RedrivePolicy(DeadLetters, World.Mutant.MaxReceives(settings.MaxReceives)) });
        RuleDeadLetters = await _account.AddQueueAsync(Options(Settings.RuleDeadLettersName) with { Fifo = false });
        Table = await _account.AddTableAsync(settings.Table);
        await _account.AddBusAsync(settings.Bus);
        View = new EmbeddedStreamView(await _account.AddTableAsync(new ItemTableOptions { Name = "data-events-view", HasStream = false }), World.Clock);
        Functions = new SimulatedFunctions(this);
        Stream = await _account.AddDeliveryStreamAsync(settings.DeliveryStream with { ConcurrentInvocations = settings.TransformsAtOnce }, Bucket(), Functions.Transformer);
        _account.MapQueue(Queue, Functions.EventStorer, settings.QueueSource with { DeleteFails = _ => World.Plan.Hits(Fault.DeleteFails, Hop.EventStorer) });
        var source = World.Mutant.StreamSource(
            settings.GivesUpOrderOnBus ? settings.StreamSource with { ParallelizationFactor = 1 + World.EngineRandom.Next(4) } : settings.StreamSource);
        Lanes = source.ParallelizationFactor;
        var onFailure = new FaultyOnFailure(new BucketDestination(World.Bucket, "on-failure/"), Calls(Hop.OnFailure), body => World.DroppedObjects.Add(body.ToArray()));
        Source = await _account.MapStreamAsync(Table, Functions.Emitter, source, World.Mutant.OnFailure(onFailure));
        var ruleDeadLetters = new FaultyDeadLetters(new QueueTarget(RuleDeadLetters), Calls(Hop.RuleDeadLetters), body => World.DroppedEvents.Add(body.ToArray()));
        Bus.AddRule(settings.Rule, Functions.Responder, World.Mutant.RuleDeadLetters(ruleDeadLetters));
        if (settings.KeepsArchive)
        {
            Bus.Archive.Keep();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await _account.RunAsync(_stop.Token, World.Settings.KeepsHouse);
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
