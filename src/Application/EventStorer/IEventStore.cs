namespace DataToEvents.Application.EventStorer;

/// <summary>The append-only store: an event is written once and never changed.</summary>
public interface IEventStore
{
    /// <summary>Appends events of different streams in one call where the technology allows.</summary>
    /// <param name="batch">No two events of one stream, and no more events than one call of the store takes.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>One outcome for each event, in order: a call that is refused as a whole is refused for each. Other faults of the whole call are thrown.</returns>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken);
}

/// <param name="Event">The event.</param>
/// <param name="Sequence">The queue's sequence number: digits that grow with arrival within the stream.</param>
/// <param name="StoredAt">When it is handed to the store. An item keeps the time of the copy that was stored first.</param>
/// <param name="ExpiresAt">When the store may delete it (TTL); null keeps it.</param>
public sealed record EventToStore(DataEvent Event, string Sequence, DateTimeOffset StoredAt, DateTimeOffset? ExpiresAt);

/// <param name="Kind">Whether the event was stored, and if not, whether another try may help.</param>
/// <param name="Reason">Tells people why the event is not stored; null when it is.</param>
public readonly record struct AppendOutcome(AppendKind Kind, string? Reason = null);

public enum AppendKind
{
    /// <summary>It was absent and is now stored.</summary>
    Stored,

    /// <summary>It was there: same stream, source and id, and same type and payload.</summary>
    Duplicate,

    /// <summary>An event of another type or payload is there under the same stream, source and id, and stays.</summary>
    Conflict,

    /// <summary>Not stored; another try may help.</summary>
    Failed,

    /// <summary>Not stored. No further try helps until somebody corrects a permission or a setting.</summary>
    Refused,

    /// <summary>Not stored. The store never takes this event: its item is too large, for instance.</summary>
    Unstorable,
}
