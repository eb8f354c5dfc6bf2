using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The Transformer's queue in this process.</summary>
public sealed class EmbeddedEventQueue(MessageQueue queue) : IEventQueue
{
    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await queue.SendBatchAsync([.. batch.Select(Entry)]);
        return [.. outcomes.Select(Outcome)];
    }

    private static SendEntry Entry(DataEvent sent) => new(MessageKeys.GroupId(sent.Stream), MessageKeys.DeduplicationId(sent), sent.Envelope);

    private static Attempt Outcome(SendEntryResult outcome) =>
        outcome.Error is { } error ? Attempt.Rejected($"{error.Code}: {error.Message}") : Attempt.Done;
}
