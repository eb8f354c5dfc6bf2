using DataToEvents.Domain;

namespace DataToEvents.Local.Page;

/// <summary>Follows delivered events for two promises: compares their bytes with the store's, and the order in which a stream's events were stored with the queue's.</summary>
/// <param name="stored">The event as it is stored; null if the store does not have it.</param>
internal sealed class FollowedEvents(Func<DataEvent, Task<StoredCopy?>> stored)
{
    /// <summary>Streams whose last event is remembered.</summary>
    private const int MaxStreams = 10_000;

    /// <summary>Of each stream the followed event that is last in the queue's order.</summary>
    private readonly Dictionary<string, (string Sequence, DateTimeOffset? StoredAt)> _last = [];

    public long Compared { get; private set; }

    /// <summary>Events whose payload is not the stored one.</summary>
    public long Altered { get; private set; }

    /// <summary>Events that came after a later one of their stream: the bus keeps no order.</summary>
    public long Late { get; private set; }

    /// <summary>Pairs of a stream's events whose order in the store was compared with that in the queue.</summary>
    public long Pairs { get; private set; }

    /// <summary>The pairs among them whose later event was stored first.</summary>
    public long Misplaced { get; private set; }

    /// <summary>Streams of the followed events.</summary>
    public long Streams => _last.Count;

    public async Task FollowAsync(DataEvent delivered)
    {
        var kept = await stored(delivered);
        Place(delivered, kept?.StoredAt);
        if (kept is null)
        {
            return;
        }

        Compared++;
        if (kept.Event.DataRef != delivered.DataRef || kept.Event.Payload() is { } payload && !payload.AsSpan().SequenceEqual(delivered.Payload()))
        {
            Altered++;
        }
    }

    /// <summary>A replay comes late on purpose.</summary>
    private void Place(DataEvent delivered, DateTimeOffset? storedAt)
    {
        if (delivered.StreamSequence is not { } sequence || delivered.Replay is not null)
        {
            return;
        }

        if (_last.Count >= MaxStreams)
        {
            _last.Clear();
        }

        if (!_last.TryGetValue(delivered.Stream.Value, out var last))
        {
            _last[delivered.Stream.Value] = (sequence, storedAt);
            return;
        }

        var order = string.CompareOrdinal(sequence, last.Sequence);
        if (order < 0)
        {
            Late++;
            Compare(earlier: storedAt, later: last.StoredAt);
        }
        else if (order > 0)
        {
            Compare(earlier: last.StoredAt, later: storedAt);
            _last[delivered.Stream.Value] = (sequence, storedAt);
        }
    }

    /// <summary>Two events may be stored in one millisecond.</summary>
    private void Compare(DateTimeOffset? earlier, DateTimeOffset? later)
    {
        if (earlier is null || later is null)
        {
            return;
        }

        Pairs++;
        if (later < earlier)
        {
            Misplaced++;
        }
    }
}

/// <param name="Event">The event in the store.</param>
/// <param name="StoredAt">When the EventStorer wrote it; null in items of earlier versions.</param>
internal sealed record StoredCopy(DataEvent Event, DateTimeOffset? StoredAt);
