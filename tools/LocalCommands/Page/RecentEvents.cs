using System.Collections.Concurrent;
using DataToEvents.Domain;

namespace DataToEvents.Local.Page;

/// <summary>The events that were delivered last, for the live tail. Only a number of them a second is kept, so that many events cost no more than few.</summary>
internal sealed class RecentEvents(TimeProvider time, FollowedEvents followed)
{
    private const int Most = 50;
    private const int Kept = 2_000;

    private readonly ConcurrentQueue<(ReadOnlyMemory<byte> Detail, DateTimeOffset At)> _delivered = new();
    private readonly ConcurrentQueue<PageEvent> _shown = new();
    private int _room = Most;

    /// <summary>Whether somebody watches. If nobody does, nothing is parsed and only the last events are kept.</summary>
    public bool IsWatched { get; set; }

    /// <param name="detail">The envelope of an event that the consumer took.</param>
    public void Add(ReadOnlyMemory<byte> detail)
    {
        if (IsWatched && Interlocked.Decrement(ref _room) < 0)
        {
            return;
        }

        _delivered.Enqueue((detail, time.GetUtcNow()));
        while (!IsWatched && _delivered.Count > Most)
        {
            _delivered.TryDequeue(out _);
        }
    }

    /// <summary>Returns the events that came since the last call, newest first.</summary>
    public async Task<IReadOnlyList<PageEvent>> TakeAsync()
    {
        var taken = new List<PageEvent>();
        while (_delivered.TryDequeue(out var delivered))
        {
            if (DataEvent.Parse(delivered.Detail) is { AcceptedAt: { } accepted } shown)
            {
                taken.Add(new PageEvent(shown.Id.Value, shown.Source, shown.Stream.Value, shown.Type, accepted, delivered.At));
                _shown.Enqueue(taken[^1]);
                await followed.FollowAsync(shown);
            }
        }

        while (_shown.Count > Kept)
        {
            _shown.TryDequeue(out _);
        }

        Volatile.Write(ref _room, Most);
        taken.Reverse();
        return taken;
    }

    /// <summary>The events that were shown last, newest first, for a new watcher.</summary>
    public IReadOnlyList<PageEvent> Latest() => [.. _shown.TakeLast(Most).Reverse()];

    /// <returns>Null when it was not among the last that were shown.</returns>
    public PageEvent? Find(DataEvent wanted) =>
        _shown.FirstOrDefault(item => item.Stream == wanted.Stream.Value && item.Id == wanted.Id.Value && item.Source == wanted.Source);
}
