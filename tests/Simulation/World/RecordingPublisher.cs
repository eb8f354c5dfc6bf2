using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Simulation.World;

/// <summary>Notes, in order, what the bus took.</summary>
internal sealed class RecordingPublisher(IEventPublisher inner, List<ReadOnlyMemory<byte>> published) : IEventPublisher
{
    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        var attempts = await inner.PublishAsync(batch, cancellationToken);
        for (var i = 0; i < batch.Count; i++)
        {
            if (attempts[i].Result == AttemptResult.Done)
            {
                published.Add(batch[i].Detail);
            }
        }

        return attempts;
    }
}
