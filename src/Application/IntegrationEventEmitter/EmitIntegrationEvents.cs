namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>Publishes the store's changes on the bus, each stream in its order.</summary>
public sealed class EmitIntegrationEvents(IEventPublisher publisher, StreamLanes lanes, EmitterOptions options, IMetrics? metrics = null)
{
    /// <param name="changes">In the change stream's order.</param>
    /// <param name="budget">Time for all calls. A change that has no turn within it counts as failed.</param>
    public async Task<EmissionReport> ExecuteAsync(IReadOnlyList<StoreChange> changes, TimeSpan budget)
    {
        using var run = new StepRun("IntegrationEventEmitter", metrics);
        var work = new List<ChangeWork>(changes.Count);
        foreach (var change in changes)
        {
            if (options.DetailType(change.Kind) is { } detailType)
            {
                work.Add(new ChangeWork(change, detailType));
            }
        }

        if (StepRun.IsTraced)
        {
            run.Continue(work.Select(static item => item.Stored?.TraceParent));
        }

        var tally = new LaneTally();
        var results = await lanes.SendAsync(
            work, static item => item.Change.Stream, static item => item.ToPublish?.Size ?? 0, PublishAsync, budget, tally);
        var report = Report(work, results);
        run.Count(tally);
        run.Count(PathSignals.ChangesReceived, changes.Count);
        run.Count(PathSignals.EventsPublished, report.Published);
        run.Count(PathSignals.ChangesFailed, work.Count - report.Published);
        run.Complete();
        return report;
    }

    private async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<ChangeWork> batch, CancellationToken cancellationToken)
    {
        var readable = batch.Where(item => item.ToPublish is not null).Select(item => item.ToPublish!).ToArray();
        var attempts = readable.Length == 0 ? [] : await publisher.PublishAsync(readable, cancellationToken);
        var next = 0;
        return [.. batch.Select(item => item.ToPublish is null ? Attempt.Rejected(item.Fault!) : attempts[next++])];
    }

    /// <summary>The checkpoint goes before the first change that was not published. Later changes may have been published: consumers recognise a second copy by its id.</summary>
    private static EmissionReport Report(List<ChangeWork> work, IReadOnlyList<LaneResult> results)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (!results[i].Sent)
            {
                return new EmissionReport(results.Count(result => result.Sent), work[i].Change.SequenceNumber, results[i].Reason, work[i].Stored is { } stored ? EventName.Of(stored) : null);
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

        public DataEvent? Stored { get; private set; }

        public IntegrationEvent? ToPublish { get; }

        /// <summary>Why the item does not hold an event; null when it does. Such a change ends at the mapping's on-failure destination.</summary>
        public string? Fault { get; }

        private IntegrationEvent Translate(StoreChange change, string detailType)
        {
            var stored = Stored = DataEvent.Parse(change.Envelope ?? throw new FormatException("The item has no envelope that can be read."));
            var detail = change.StreamSequence is { } sequence ? stored.EnvelopeWith(sequence) : stored.Envelope;
            return new IntegrationEvent(detailType, detail, change.Resources, stored.TraceParent);
        }
    }
}
