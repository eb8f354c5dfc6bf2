namespace DataToEvents.Application.EventResponder;

/// <summary>Takes events from the bus into the consumer's view, each once. The bus may deliver them in any order, and more than once.</summary>
public sealed class RespondToEvent(IStreamView view, ResponderOptions options, TimeProvider time, IMetrics? metrics = null)
{
    private const string Step = "EventResponder";

    /// <param name="detail">The envelope.</param>
    /// <param name="replay">Name of the archive's replay that brings the event; null when no archive does. The name of an operator's replay is in the envelope.</param>
    /// <param name="cancellationToken">Ends the work without an outcome.</param>
    /// <exception cref="FormatException">The detail is not one of our events. It ends in the rule's dead-letter queue.</exception>
    public async Task<Responded> ExecuteAsync(ReadOnlyMemory<byte> detail, string? replay, CancellationToken cancellationToken)
    {
        using var run = new StepRun(Step, metrics);
        var received = DataEvent.Parse(detail);
        Continue(run, [received]);
        var responded = await TakeAsync(received, replay, cancellationToken);
        Count(run, [responded]);
        return responded;
    }

    /// <summary>Takes a batch: the events of a stream one after the other, streams side by side. An event that fails harms no other.</summary>
    /// <param name="batch">The events, each with the id of the message that brought it.</param>
    /// <param name="cancellationToken">Ends the work. Events that were not taken by then have failed.</param>
    public async Task<RespondedBatch> ExecuteAsync(IReadOnlyList<BusMessage> batch, CancellationToken cancellationToken)
    {
        using var run = new StepRun(Step, metrics);
        var (taken, failed) = (new List<Responded>(batch.Count), new List<FailedMessage>());
        var streams = new Dictionary<StreamId, List<(BusMessage Message, DataEvent Event)>>();
        foreach (var message in batch)
        {
            try
            {
                var received = DataEvent.Parse(message.Detail);
                if (!streams.TryAdd(received.Stream, [(message, received)]))
                {
                    streams[received.Stream].Add((message, received));
                }
            }
            catch (FormatException fault)
            {
                failed.Add(new FailedMessage(message.MessageId, fault.Message));
            }
        }

        Continue(run, streams.Values.SelectMany(static stream => stream.Select(static item => item.Event)));
        await Task.WhenAll(streams.Values.Select(stream => TakeAsync(stream, taken, failed, cancellationToken)));
        Count(run, taken);
        return new RespondedBatch(taken, failed);
    }

    private static void Continue(StepRun run, IEnumerable<DataEvent> received)
    {
        if (StepRun.IsTraced)
        {
            run.Continue(received.Select(static item => item.TraceParent));
        }
    }

    private static void Count(StepRun run, List<Responded> taken)
    {
        foreach (var response in taken.GroupBy(static item => SignalOf(item.Response)))
        {
            run.Count(response.Key, response.Count());
        }

        run.Count(PathSignals.DeliveryTime, taken.Select(static item => item.DeliveryMilliseconds).DefaultIfEmpty().Max());
        run.Complete();
    }

    private static Signal SignalOf(Response response) => response switch
    {
        Response.Applied => PathSignals.EventsApplied,
        Response.AlreadyApplied => PathSignals.EventsKnown,
        _ => PathSignals.ReplaysIgnored,
    };

    private async Task TakeAsync(List<(BusMessage Message, DataEvent Event)> stream, List<Responded> taken, List<FailedMessage> failed, CancellationToken cancellationToken)
    {
        foreach (var (message, received) in stream)
        {
            try
            {
                var responded = await TakeAsync(received, message.Replay, cancellationToken);
                lock (taken)
                {
                    taken.Add(responded);
                }
            }
#pragma warning disable CA1031 // Not swallowed: it is the reason why the message is delivered again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                var reason = cancellationToken.IsCancellationRequested ? "there was no time left for it" : fault.Message;
                lock (failed)
                {
                    failed.Add(new FailedMessage(message.MessageId, reason, EventName.Of(received)));
                }
            }
        }
    }

    private async Task<Responded> TakeAsync(DataEvent received, string? replay, CancellationToken cancellationToken)
    {
        var isReplay = replay is not null || received.Replay is not null;
        var response = isReplay && !options.HandleReplays ? Response.ReplayIgnored
            : await view.ApplyAsync(received, received.StreamSequence ?? "0", cancellationToken) ? Response.Applied
            : Response.AlreadyApplied;
        var isFresh = response == Response.Applied && !isReplay;

        // A reading of zero is not written.
        var milliseconds = isFresh && received.AcceptedAt is { } accepted ? Math.Max(1, (long)(time.GetUtcNow() - accepted).TotalMilliseconds) : 0;
        return new Responded(response, received, milliseconds);
    }
}

/// <param name="Response">The outcome for the event.</param>
/// <param name="Event">The event.</param>
/// <param name="DeliveryMilliseconds">From its acceptance by the delivery stream until now; 0 where it is not known, and for replays and repeats.</param>
public readonly record struct Responded(Response Response, DataEvent Event, long DeliveryMilliseconds);

public enum Response
{
    Applied,
    AlreadyApplied,
    ReplayIgnored,
}
