namespace DataToEvents.Application.EventResponder;

/// <summary>Takes an event from the bus into the consumer's view, once, however often and in whatever order the bus brings it.</summary>
public sealed class RespondToEvent(IStreamView view, ResponderOptions options, TimeProvider time, IMetrics? metrics = null)
{
    /// <param name="detail">The envelope.</param>
    /// <param name="replay">Name of the archive's replay that brings the event; null when no archive does. The name of an operator's replay is in the envelope.</param>
    /// <param name="cancellationToken">Ends the work without an outcome.</param>
    /// <exception cref="FormatException">The detail is not one of our events. It ends in the rule's dead-letter queue.</exception>
    public async Task<Responded> ExecuteAsync(ReadOnlyMemory<byte> detail, string? replay, CancellationToken cancellationToken)
    {
        using var run = new StepRun("EventResponder", metrics);
        var received = DataEvent.Parse(detail);
        if (StepRun.IsTraced)
        {
            run.Continue([received.TraceParent]);
        }

        var isReplay = replay is not null || received.Replay is not null;
        var response = isReplay && !options.HandleReplays ? Response.ReplayIgnored
            : await view.ApplyAsync(received, received.StreamSequence ?? "0", cancellationToken) ? Response.Applied
            : Response.AlreadyApplied;
        run.Count(SignalOf(response), 1);
        if (response == Response.Applied && !isReplay && received.AcceptedAt is { } accepted)
        {
            // A reading of zero is not written.
            run.Count(PathSignals.DeliveryTime, Math.Max(1, (long)(time.GetUtcNow() - accepted).TotalMilliseconds));
        }

        run.Complete();
        return new Responded(response, received);
    }

    private static Signal SignalOf(Response response) => response switch
    {
        Response.Applied => PathSignals.EventsApplied,
        Response.AlreadyApplied => PathSignals.EventsKnown,
        _ => PathSignals.ReplaysIgnored,
    };
}

/// <param name="Response">The outcome for the event.</param>
/// <param name="Event">The event.</param>
public readonly record struct Responded(Response Response, DataEvent Event);

public enum Response
{
    Applied,
    AlreadyApplied,
    ReplayIgnored,
}
