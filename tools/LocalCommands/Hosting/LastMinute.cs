namespace DataToEvents.Local.Hosting;

/// <summary>How much counts that only grow have grown during the last minute.</summary>
internal sealed class LastMinute(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<(long At, IReadOnlyDictionary<string, long> Counts)> _looks = new();
    private readonly Lock _lock = new();
    private long? _lookedAt;

    /// <summary>Remembers the counts, once a second at most.</summary>
    public void Look(IReadOnlyDictionary<string, long> counts)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_lookedAt is { } at && time.GetElapsedTime(at, now) < Second)
            {
                return;
            }

            _lookedAt = now;
            _looks.Enqueue((now, counts));
            // Keeps the last counts from before the minute: the growth is measured from them.
            while (_looks.Count > 1 && time.GetElapsedTime(_looks.ElementAt(1).At, now) >= Minute)
            {
                _looks.Dequeue();
            }
        }
    }

    /// <param name="name">The count's name.</param>
    /// <param name="now">What it is now.</param>
    public long Growth(string name, long now)
    {
        lock (_lock)
        {
            return _looks.TryPeek(out var first) ? now - first.Counts.GetValueOrDefault(name) : now;
        }
    }
}
