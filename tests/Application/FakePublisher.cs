using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Application.Tests;

/// <summary>Keeps the events that it is asked to publish, in order, and answers as the test says.</summary>
internal sealed class FakePublisher(Func<IntegrationEvent, Attempt>? fate = null) : IEventPublisher
{
    public List<IntegrationEvent> Taken { get; } = [];

    public List<int> EntriesOfCalls { get; } = [];

    public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        EntriesOfCalls.Add(batch.Count);
        Taken.AddRange(batch);
        return Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(item => fate?.Invoke(item) ?? Attempt.Done)]);
    }
}
