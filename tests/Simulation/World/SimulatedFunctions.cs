using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventResponder;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.Transformer;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.Workload;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Simulation.World;

/// <summary>The real functions behind Lambda's JSON, each sandbox with clients of its own.</summary>
internal sealed class SimulatedFunctions
{
    private static readonly SourceGeneratorLambdaJsonSerializer<TransformerJson> TransformerSerializer = new();
    private static readonly SourceGeneratorLambdaJsonSerializer<EventStorerJson> StorerSerializer = new();
    private static readonly SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson> EmitterSerializer = new();
    private static readonly EventResponderSerializer ResponderSerializer = new();

    private readonly Host _host;
    private readonly FunctionHost _lambda;
    private readonly HashSet<string> _streamsInTransaction = [];

    public SimulatedFunctions(Host host)
    {
        _host = host;
        _lambda = new FunctionHost(host.World.Clock, host.World.EngineRandom, host.World.Trace.HasReader ? new FunctionLog(host.World.Trace) : null);
        Transformer = Faulty(Hop.Transformer, life => new RecutBatches(new ChangingRecordIds(NewTransformer(life), host.World.Plan), host.World.Plan));
        EventStorer = Faulty(Hop.EventStorer, NewEventStorer);
        Emitter = Faulty(Hop.Emitter, NewEmitter);
        Responder = Faulty(Hop.Responder, NewResponder);
    }

    public FaultyFunction Transformer { get; }

    public FaultyFunction EventStorer { get; }

    public FaultyFunction Emitter { get; }

    public FaultyFunction Responder { get; }

    public FaultyFunction[] All => [Transformer, EventStorer, Emitter, Responder];

    private PathWorld World => _host.World;

    private IInvocable NewTransformer(Life life)
    {
        var queue = World.Mutant.Queue(new FaultyQueue(new EmbeddedEventQueue(_host.Queue), Calls(Hop.Queue, life)), _host);
        var payloads = World.Mutant.Payloads(new FaultyPayloads(new EmbeddedPayloadStore(World.Bucket), Calls(Hop.Payloads, life)));
        var function = Resolve<TransformerFunction>(services => services
            .AddTransformer(Records.Catalog, new TransformerOptions(Settings.InlineLimit)).AddSingleton(queue).AddSingleton(payloads));
        return Mutated(Hop.Transformer, InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(Options(Hop.Transformer), function.Handle, TransformerSerializer, _lambda));
    }

    private IInvocable NewEventStorer(Life life)
    {
        var store = World.Mutant.Store(new FaultyStore(new SplittingStore(_host), Calls(Hop.Store, life)), _host);
        var quarantine = World.Mutant.Quarantine(new FaultyQuarantine(new EmbeddedQuarantine(World.Bucket), Calls(Hop.Quarantine, life)));
        IDeadLetters deadLetters = new FaultyDeadLetterPort(new EmbeddedDeadLetters(_host.DeadLetters), Calls(Hop.DeadLetters, life));
        var function = Resolve<EventStorerFunction>(services => services
            .AddEventStorer(new EventStorerOptions()).AddSingleton(store).AddSingleton(quarantine).AddSingleton(deadLetters));
        return Mutated(Hop.EventStorer, InProcessFunction.Create<SQSEvent, SQSBatchResponse>(Options(Hop.EventStorer), function.Handle, StorerSerializer, _lambda));
    }

    private IInvocable NewEmitter(Life life)
    {
        var bus = new RecordingPublisher(new EmbeddedEventPublisher(_host.Bus), World.Published);
        var publisher = World.Mutant.Publisher(new FaultyPublisher(bus, Calls(Hop.Bus, life)), _host);
        var function = Resolve<IntegrationEventEmitterFunction>(services => services
            .AddIntegrationEventEmitter(new EmitterOptions()).AddSingleton(publisher));
        return Mutated(Hop.Emitter, InProcessFunction.Create<DynamoDBEvent, StreamsEventResponse>(Options(Hop.Emitter), function.Handle, EmitterSerializer, _lambda));
    }

    private IInvocable NewResponder(Life life)
    {
        var view = World.Mutant.View(new FaultyView(_host.View, Calls(Hop.View, life), _streamsInTransaction));
        var function = Resolve<EventResponderFunction>(services => services
            .AddEventResponder(new ResponderOptions(World.Settings.HandlesReplays)).AddSingleton(view));
        return Mutated(Hop.Responder, InProcessFunction.Create<EventBridgeEvent>(Options(Hop.Responder), function.Respond, ResponderSerializer, _lambda));
    }

    private IInvocable Mutated(Hop hop, InProcessFunction function) => World.Mutant.Function(hop, function, _host);

    private FaultyCalls Calls(Hop hop, Life sandbox) => new(hop, World.Plan, sandbox, _host.Life, World.Clock, World.Reached);

    private FaultyFunction Faulty(Hop hop, Func<Life, IInvocable> start) => new(hop, Options(hop), start, new FunctionWatch(hop, _host), World.Plan, _host.Life, World.Clock, World.Trace);

    private static FunctionOptions Options(Hop hop) => new(hop.ToString()) { Timeout = Settings.FunctionTimeout };

    private T Resolve<T>(Func<IServiceCollection, IServiceCollection> compose)
        where T : notnull =>
        compose(new ServiceCollection().AddSingleton<TimeProvider>(World.Clock).AddSingleton(World.EngineRandom)).BuildServiceProvider().GetRequiredService<T>();

    private sealed class FunctionLog(Trace trace) : IFunctionLog
    {
        public void Write(string functionName, string line) => trace.Say(functionName, line.Split('\n')[0]);
    }
}
