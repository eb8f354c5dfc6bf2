namespace DataToEvents.Recovery.Events;

/// <summary>A place where an event was seen.</summary>
/// <param name="Hop">The hop that the place belongs to.</param>
/// <param name="Event">As it lies there.</param>
/// <param name="At">When it came there; null where nobody can know.</param>
/// <param name="Place">Names the place: key, table and keys, queue and message.</param>
/// <param name="Note">Retries, reasons, and the command that brings it back.</param>
internal sealed record Sighting(PathHop Hop, DataEvent Event, DateTimeOffset? At, string Place, string? Note = null);

/// <summary>The places on the path, in its order.</summary>
internal enum PathHop
{
    Accepted,
    ProcessingFailed,
    Lake,
    DeadLetter,
    Quarantine,
    Store,
    OnFailure,
    Bus,
    RuleDeadLetter,
    View,
}

/// <summary>What a person reads for a hop.</summary>
internal static class PathHops
{
    public static string Text(this PathHop hop) => hop switch
    {
        PathHop.Accepted => "accepted",
        PathHop.ProcessingFailed => "set aside: not transformed",
        PathHop.Lake => "lake",
        PathHop.DeadLetter => "set aside: not stored",
        PathHop.Quarantine => "set aside: conflict",
        PathHop.Store => "stored",
        PathHop.OnFailure => "set aside: not published",
        PathHop.Bus => "published",
        PathHop.RuleDeadLetter => "set aside: not delivered",
        _ => "delivered",
    };
}
