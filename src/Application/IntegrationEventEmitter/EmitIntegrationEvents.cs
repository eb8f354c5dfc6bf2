using DataToEvents.Application.Lanes;
using DataToEvents.Domain;

namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>Publishes the store's changes on the bus, each stream in its order.</summary>
public sealed class EmitIntegrationEvents(IEventPublisher publisher, StreamLanes lanes, EmitterOptions options)
{
    /// <param name="changes">In the change stream's order.</param>
    /// <param name="budget">Time to publish in; what has no turn within it counts as failed.</param>
    public async Task<EmissionReport> ExecuteAsync(IReadOnlyList<StoreChange> changes, TimeSpan budget)
    {
        var work = new List<ChangeWork>(changes.Count);
        foreach (var change in changes)
        {
            if (options.DetailType(change.Kind) is { } detailType)
            {
                work.Add(new ChangeWork(change, detailType));
            }
        }

        var results = await lanes.SendAsync(
            work, static item => item.Change.Stream, static item => item.ToPublish?.Size ?? 0, PublishAsync, budget);
        return Report(work, results);
    }

    private async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<ChangeWork> batch, CancellationToken cancellationToken)
    {
        var readable = batch.Where(item => item.ToPublish is not null).Select(item => item.ToPublish!).ToArray();
        var attempts = readable.Length == 0 ? [] : await publisher.PublishAsync(readable, cancellationToken);
        var next = 0;
        return [.. batch.Select(item => item.ToPublish is null ? Attempt.Rejected(item.Fault!) : attempts[next++])];
    }

    /// <summary>The checkpoint goes before the first change that was not published, whatever was published after it: consumers recognise a second copy by its id.</summary>
    private static EmissionReport Report(List<ChangeWork> work, IReadOnlyList<LaneResult> results)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (!results[i].Sent)
            {
                return new EmissionReport(results.Count(result => result.Sent), work[i].Change.SequenceNumber, results[i].Reason);
            }
        }

        return new EmissionReport(results.Count, null, null);
    }

    /// <summary>One change, read once.</summary>
    private sealed class ChangeWork
    {
        public ChangeWork(StoreChange change, string detailType)
        {
            Change = change;
            try
            {
                ToPublish = Translate(change, detailType);
            }
            catch (FormatException fault)
            {
                Fault = fault.Message;
            }
        }

        public StoreChange Change { get; }

        public IntegrationEvent? ToPublish { get; }

        /// <summary>Why the item holds no event; such a change ends at the mapping's on-failure destination.</summary>
        public string? Fault { get; }

        private static IntegrationEvent Translate(StoreChange change, string detailType)
        {
            var stored = DataEvent.Parse(change.Envelope ?? throw new FormatException("The item has no envelope that can be read."));
            var detail = change.StreamSequence is { } sequence ? stored.EnvelopeWith(sequence) : stored.Envelope;
            return new IntegrationEvent(
                detailType, detail, stored.OccurredAt, StreamArns.Resources(change.StreamArn), TraceParent.ToXRay(stored.TraceParent));
        }
    }
}
