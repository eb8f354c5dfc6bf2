using DataToEvents.Domain;

namespace DataToEvents.Local.Page;

/// <summary>Follows delivered events for two promises: compares their bytes with the store's, and their places in their streams with what came before.</summary>
/// <param name="stored">The event as it is stored; null if the store does not have it.</param>
internal sealed class FollowedEvents(Func<DataEvent, Task<DataEvent?>> stored)
{
    /// <summary>Streams whose last event is remembered.</summary>
    private const int MaxStreams = 10_000;

    private readonly Dictionary<string, string> _last = [];

    public long Compared { get; private set; }

    /// <summary>Events whose payload is not the stored one.</summary>
    public long Altered { get; private set; }

    /// <summary>Events that came after a later one of their stream: the bus keeps no order.</summary>
    public long Late { get; private set; }

    /// <summary>Streams of the followed events.</summary>
    public long Streams => _last.Count;

    public async Task FollowAsync(DataEvent delivered)
    {
        Place(delivered);
        if (await stored(delivered) is not { } kept)
        {
            return;
        }

        Compared++;
        if (kept.DataRef != delivered.DataRef || kept.Payload() is { } payload && !payload.AsSpan().SequenceEqual(delivered.Payload()))
        {
            Altered++;
        }
    }

    /// <summary>A replay comes late on purpose.</summary>
    private void Place(DataEvent delivered)
    {
        if (delivered.StreamSequence is not { } sequence || delivered.Replay is not null)
        {
            return;
        }

        if (_last.Count >= MaxStreams)
        {
            _last.Clear();
        }

        if (_last.TryGetValue(delivered.Stream.Value, out var last) && string.CompareOrdinal(sequence, last) < 0)
        {
            Late++;
        }
        else
        {
            _last[delivered.Stream.Value] = sequence;
        }
    }
}
