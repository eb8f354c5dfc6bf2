using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.EventStorer;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.States;

namespace DataToEvents.Simulation.World;

/// <summary>The host's store. DynamoDB splits a shard of the change stream where much is written, so a write may be followed by a split of its shard.</summary>
internal sealed class SplittingStore(Host host) : IEventStore
{
    private readonly EmbeddedEventStore _inner = new(host.Table);

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var outcomes = await _inner.AppendAsync(batch, cancellationToken);
        var world = host.World;
        if (world.Plan.Hits(Fault.ShardSplits, Hop.Store))
        {
            var divides = world.Mutant.DividesStreams || (world.Settings.GivesUpOrderOnBus && world.Plan.Draw(2) == 0);
            var isBehind = host.Source.Stats.Behind > 0;
            var isSplit = await host.Table.SplitShardAsync(batch[0].Event.Stream.Value, divides);
            world.Reached.AddIf(isSplit && isBehind, State.ShardSplitBehind);
            world.Reached.AddIf(isSplit && divides, State.StreamDivided);
        }

        return outcomes;
    }
}
