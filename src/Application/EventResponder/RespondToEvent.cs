using DataToEvents.Domain;

namespace DataToEvents.Application.EventResponder;

/// <summary>Takes an event from the bus into the consumer's view, once, however often and in whatever order the bus brings it.</summary>
public sealed class RespondToEvent(IStreamView view, ResponderOptions options)
{
    /// <param name="detail">The envelope.</param>
    /// <param name="replay">Name of the archive's replay that brings the event; an operator's stands in the envelope. Null when no archive plays it.</param>
    /// <param name="cancellationToken">Ends the work without an outcome.</param>
    /// <exception cref="FormatException">The detail is no event of ours; the rule's dead-letter queue will have it.</exception>
    public async Task<Response> ExecuteAsync(ReadOnlyMemory<byte> detail, string? replay, CancellationToken cancellationToken)
    {
        var received = DataEvent.Parse(detail);
        if ((replay ?? received.Replay) is not null && !options.HandleReplays)
        {
            return Response.ReplayIgnored;
        }

        var applied = await view.ApplyAsync(received, received.StreamSequence ?? "0", cancellationToken);
        return applied ? Response.Applied : Response.AlreadyApplied;
    }
}

public enum Response
{
    Applied,
    AlreadyApplied,
    ReplayIgnored,
}
