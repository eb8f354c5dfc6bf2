using DataToEvents.Domain.Catalog;

namespace DataToEvents.Application.Transformer;

/// <summary>Turns a batch of records into events, queues them in order, and returns a verdict for each record.</summary>
public sealed class TransformRecords(
    EventCatalog catalog, IEventQueue queue, IPayloadStore payloads, StreamLanes lanes, TransformerOptions options, IMetrics? metrics = null)
{
    /// <param name="records">In order of arrival.</param>
    /// <param name="traceParent">The trace of this invocation, for events that bring none.</param>
    /// <param name="budget">Time for all calls; what has no turn within it fails. Payloads get half of it: a store that hangs must not hold up the other records.</param>
    /// <param name="arena">Holds envelopes and answered lines; null allocates each by itself.</param>
    /// <param name="cancellationToken">Ends the work without an answer.</param>
    /// <returns>One verdict for each record, in order. Together they fit an answer of <see cref="TransformerOptions.MaxAnswerBytes"/>.</returns>
    public async Task<TransformedBatch> ExecuteAsync(
        IReadOnlyList<ArrivedRecord> records, string? traceParent, TimeSpan budget, ByteArena? arena, CancellationToken cancellationToken)
    {
        using var run = new StepRun("Transformer", metrics);
        var begin = lanes.Time.GetTimestamp();
        var reader = new RecordReader(catalog, arena, options.UnpackedLimit);
        var work = Read(reader, records, run.Begin(traceParent));
        if (StepRun.IsTraced)
        {
            run.Continue(work.SelectMany(record => record.Events, (_, item) => item.Event.TraceParent));
        }

        await CheckInPayloadsAsync(work, budget / 2, run, cancellationToken);
        new AnswerPlan(work).Apply();
        await QueueAsync(work, budget - lanes.Time.GetElapsedTime(begin), run);
        var verdicts = work.ConvertAll(record => record.Verdict(arena));
        Count(records, verdicts, reader.Doubts, run);
        return new TransformedBatch(verdicts, reader.Doubts);
    }

    private static void Count(IReadOnlyList<ArrivedRecord> records, List<RecordVerdict> verdicts, Doubts doubts, StepRun run)
    {
        run.Count(PathSignals.RecordsReceived, records.Count);
        run.Count(PathSignals.BytesReceived, records.Sum(static record => (long)record.Data.Length));
        run.Count(PathSignals.RecordsDropped, verdicts.Count(static verdict => verdict.Result == RecordResult.Dropped));
        run.Count(PathSignals.RecordsFailed, verdicts.Count(static verdict => verdict.Result == RecordResult.ProcessingFailed));
        run.Count(PathSignals.EventsUnclassified, doubts[DoubtKind.Unclassified]);
        run.Count(PathSignals.EventsNotJson, doubts[DoubtKind.NotJson]);
        run.Count(PathSignals.TimesUnusable, doubts[DoubtKind.TimeUnusable]);
        run.Count(PathSignals.CloudEventsInvalid, doubts[DoubtKind.InvalidCloudEvent]);
        run.Complete();
    }

    private static List<RecordWork> Read(RecordReader reader, IReadOnlyList<ArrivedRecord> records, string? traceParent)
    {
        var work = new List<RecordWork>(records.Count);
        foreach (var record in records)
        {
            var read = new RecordWork(record.RecordId);
            foreach (var parsed in reader.Read(record.Data, record.Arrival, traceParent))
            {
                if (parsed.IsDropped)
                {
                    continue;
                }

                if (!parsed.HasEnvelope)
                {
                    read.Refuse(parsed.Refusal!);
                    break;
                }

                // A record that does not fit the answer any more need not be read to its end.
                var item = new EventWork(read, parsed);
                if (!read.TryAdd(item, TransformerOptions.MaxAnswerBytes))
                {
                    break;
                }

                if (parsed.Refusal is { } reason)
                {
                    read.Refuse(reason, item.Event);
                }
            }

            work.Add(read);
        }

        return work;
    }

    private async Task CheckInPayloadsAsync(List<RecordWork> work, TimeSpan budget, StepRun run, CancellationToken cancellationToken)
    {
        var tooBig = EventsOf(work, item => item.Event.Envelope.Length > options.InlineLimit);
        using var deadline = lanes.DeadlineIn(budget);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await Task.WhenAll(tooBig.Select(item => CheckInPayloadAsync(item, either.Token, cancellationToken)));
        run.Count(PathSignals.PayloadsCheckedIn, tooBig.Count(static item => item.IsCheckedIn));
    }

    private async Task CheckInPayloadAsync(EventWork item, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            if (item.Event.Payload() is { } payload)
            {
                item.Refer(await payloads.PutAsync(payload, item.Event.ContentType, deadline));
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            item.Record.Fail($"its payload could not be stored: {fault.Message}", item.Event);
            return;
        }

        if (item.Event.Envelope.Length > options.InlineLimit)
        {
            item.Record.Refuse($"an envelope of {item.Event.Envelope.Length} bytes, without its payload, is over the limit of {options.InlineLimit}", item.Event);
        }
    }

    private async Task QueueAsync(List<RecordWork> work, TimeSpan budget, StepRun run)
    {
        var items = EventsOf(work, static item => !item.Record.HasFailed);
        var tally = new LaneTally();
        var results = await lanes.SendAsync(
            items,
            static item => item.Event.Stream.Value,
            static item => item.Event.Envelope.Length,
            (batch, token) => queue.SendAsync(EventsOf(batch), token),
            budget,
            tally);
        for (var i = 0; i < items.Count; i++)
        {
            if (!results[i].Sent)
            {
                items[i].Record.Fail($"event {items[i].Event.Id} was not queued: {results[i].Reason}", items[i].Event);
            }
        }

        run.Count(PathSignals.EventsQueued, results.Count(static result => result.Sent));
        run.Count(tally);
    }

    private static List<EventWork> EventsOf(List<RecordWork> work, Predicate<EventWork> wanted)
    {
        var events = new List<EventWork>(work.Count);
        foreach (var record in work)
        {
            foreach (var item in record.Events)
            {
                if (wanted(item))
                {
                    events.Add(item);
                }
            }
        }

        return events;
    }

    private static DataEvent[] EventsOf(IReadOnlyList<EventWork> batch)
    {
        var events = new DataEvent[batch.Count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = batch[i].Event;
        }

        return events;
    }
}
