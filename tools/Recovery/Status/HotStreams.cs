using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Status;

/// <summary>Counts the events of each stream in the newest objects of the lake. A stream that gets more events than it can carry fills the queue.</summary>
internal sealed class HotStreams(Lake lake)
{
    /// <summary>Objects to read. One holds the events of up to five minutes (the delivery stream's buffer).</summary>
    private const int MaxObjects = 3;

    private const int MaxShown = 3;

    /// <summary>Events of one stream that the EventStorer stores in a second, at 10 ms a call (docs/capacity.md, "A stream").</summary>
    private const int DrainsPerSecond = 100;

    /// <summary>Events of less time than this give no useful rate.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    public async Task<Listing> HottestAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        await foreach (var item in lake.NewestAsync(now, MaxObjects, cancellationToken))
        {
            counts[item.Stream.Value] = counts.GetValueOrDefault(item.Stream.Value) + 1;
            if (item.AcceptedAt is { } accepted)
            {
                (first, last) = (accepted < first ? accepted : first, accepted > last ? accepted : last);
            }
        }

        var hottest = new Listing("hottestStreams", "hottest stream", "events", "of all", "within", "note");
        var (all, time) = (counts.Values.Sum(), last > first ? last - first : TimeSpan.Zero);
        foreach (var (stream, count) in counts.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Take(MaxShown))
        {
            var isTooHot = time >= LeastTime && count > DrainsPerSecond * time.TotalSeconds;
            hottest.Add(stream, count, new Percent(100 * count / all), time, isTooHot ? $"more than the {DrainsPerSecond} a second that a stream drains: see docs/capacity.md" : null);
        }

        return hottest;
    }
}
