using System.Collections.Concurrent;
using DataToEvents.Domain;

namespace DataToEvents.Local.Page;

/// <summary>The events delivered last, for the live tail: at most so many a second, so that a flood costs no more than a trickle.</summary>
internal sealed class RecentEvents(TimeProvider time)
{
    private const int Most = 50;
    private const int Kept = 2_000;

    private readonly ConcurrentQueue<PageEvent> _events = new();
    private readonly ConcurrentQueue<PageEvent> _shown = new();
    private int _room = Most;

    /// <summary>Nobody looks: nothing is parsed.</summary>
    public bool IsWatched { get; set; }

    /// <param name="detail">The envelope of an event that the consumer took.</param>
    public void Add(ReadOnlyMemory<byte> detail)
    {
        if (!IsWatched || Interlocked.Decrement(ref _room) < 0)
        {
            return;
        }

        var delivered = DataEvent.Parse(detail);
        if (delivered.AcceptedAt is { } accepted)
        {
            _events.Enqueue(new PageEvent(delivered.Id.Value, delivered.Stream.Value, delivered.Type, accepted, (time.GetUtcNow() - accepted).TotalMilliseconds));
        }
    }

    /// <summary>What came since the last call, newest first.</summary>
    public IReadOnlyList<PageEvent> Take()
    {
        var taken = new List<PageEvent>();
        while (_events.TryDequeue(out var item))
        {
            taken.Add(item);
            _shown.Enqueue(item);
        }

        while (_shown.Count > Kept)
        {
            _shown.TryDequeue(out _);
        }

        Volatile.Write(ref _room, Most);
        taken.Reverse();
        return taken;
    }

    /// <returns>Null when it was not among the last that were shown.</returns>
    public PageEvent? Find(string stream, string id) => _shown.FirstOrDefault(item => item.Stream == stream && item.Id == id);
}
