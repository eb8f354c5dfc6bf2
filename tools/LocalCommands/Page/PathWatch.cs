using DataToEvents.Adapters.Embedded;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Page;

/// <summary>Looks at the path once a second and tells all watchers. Without a watcher it does not look.</summary>
internal sealed class PathWatch(LocalHost host, DataDirectory directory, RecentEvents recent, FollowedEvents followed, PageFaults faults, PoisonFeed poison, SetAsidePlaces setAside, string data, TimeProvider time)
{
    private readonly EmbeddedStreamView _view = new(directory.ViewTable, time);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<PageState>, bool> _watchers = [];
    private IReadOnlyList<HopState>? _before;
    private long _beforeAt;

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                recent.IsWatched = !_watchers.IsEmpty;
                if (recent.IsWatched)
                {
                    Tell(await LookAsync());
                }
                else
                {
                    _before = null;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var (watcher, _) in _watchers)
            {
                watcher.Writer.Complete();
            }
        }
    }

    /// <summary>A state each second, until the watcher leaves. A slow watcher misses some.</summary>
    public async IAsyncEnumerable<PageState> StatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<PageState>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.TryAdd(channel, true);
        try
        {
            await foreach (var state in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return state;
            }
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    private void Tell(PageState state)
    {
        foreach (var (watcher, isNew) in _watchers)
        {
            watcher.Writer.TryWrite(isNew ? state with { Tail = recent.Latest() } : state);
            _watchers.TryUpdate(watcher, newValue: false, comparisonValue: isNew);
        }
    }

    private async Task<PageState> LookAsync()
    {
        // The view is read first: an event that is stored and delivered meanwhile must not look like an effect without a cause.
        var inView = (await _view.SummaryAsync(CancellationToken.None)).Events;
        var table = directory.Table.Stats;
        var (counts, at) = (host.Counts(), time.GetTimestamp());
        var hops = host.Hops().Select(hop => hop.Id == "view" ? hop with { Total = inView } : hop).ToList();
        var seconds = time.GetElapsedTime(_beforeAt, at).TotalSeconds;
        var shown = hops.Select((hop, index) => Show(hop, _before?[index], seconds)).ToList();
        (_before, _beforeAt) = (hops, at);
        var latency = host.Latency.Histogram;
        var aside = await setAside.CountAsync();
        await poison.Neighbours.LookAsync(counts.Pending == 0, faults.IsAnyOnBut("poison"));
        var tail = await recent.TakeAsync();
        return new PageState(
            time.GetUtcNow(),
            host.Url,
            data,
            [.. SharedNumber.All.Select(number => new PageNumber(number.Name, number.Unit, number.Description, number.Read(counts), host.Ever(number, counts)))],
            counts.Pending,
            shown,
            new PageLatency(latency.Percentile(0.5), latency.Percentile(0.99), latency.Max, Buckets(latency)),
            aside,
            faults.All,
            Promises.Of(counts, inView, table.Items + table.Removed + table.Expired, poison, followed, aside.Sum(static place => place.Count)),
            tail);
    }

    private static PageHop Show(HopState now, HopState? before, double seconds) => new(
        now.Id, now.Kind, now.Name, now.What, now.Total, (now.Total - before?.Total) / seconds, now.Depth, now.Age.TotalSeconds, now.Errors, now.ErrorsLastMinute, now.Errors > before?.Errors);

    private static List<PageBucket> Buckets(LatencyHistogram latency)
    {
        double[] bounds = [5, 10, 20, 50, 100, 150, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 60_000];
        return [.. bounds.Zip(latency.Counts(bounds), static (bound, count) => new PageBucket(bound, count))];
    }
}
