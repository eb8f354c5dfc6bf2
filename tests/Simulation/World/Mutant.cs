using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Simulation.Faults;

namespace DataToEvents.Simulation.World;

/// <summary>A deliberate bug, put between a use case and its port or around a function. This one has none.</summary>
internal class Mutant
{
    public static Mutant None { get; } = new();

    public virtual IEventQueue Queue(IEventQueue inner, Host host) => inner;

    public virtual IPayloadStore Payloads(IPayloadStore inner) => inner;

    public virtual IEventStore Store(IEventStore inner, Host host) => inner;

    public virtual IQuarantine Quarantine(IQuarantine inner) => inner;

    public virtual IEventPublisher Publisher(IEventPublisher inner, Host host) => inner;

    public virtual IStreamView View(IStreamView inner) => inner;

    public virtual IInvocable Function(Hop hop, IInvocable inner, Host host) => inner;

    public virtual StreamEventSourceOptions StreamSource(StreamEventSourceOptions options) => options;

    public virtual IDeadLetterQueue RuleDeadLetters(IDeadLetterQueue inner) => inner;

    /// <summary>Whether a split of a shard divides the events of a stream, though the run looks at their order on the bus.</summary>
    public virtual bool DividesStreams => false;

    /// <summary>Whether operators replay the store when a place has refused something.</summary>
    public virtual bool ReplaysWhatWasDropped => true;

    public virtual int MaxReceives(int receives) => receives;

    public virtual IOnFailureDestination? OnFailure(IOnFailureDestination inner) => inner;
}
