using System.Diagnostics.Metrics;
using DataToEvents.Application.Signals;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Signals;

/// <summary>The numbers of summary and page as instruments. They are read only when somebody asks, so they cost the path nothing.</summary>
internal sealed class HostMeter : IDisposable
{
    public const string Name = PathSignals.Name + ".Local";

    private readonly LocalHost _host;
    private readonly Meter _meter = new(Name);

    public HostMeter(LocalHost host)
    {
        _host = host;
        foreach (var number in SharedNumber.All)
        {
            Count(number.Name, number.Description, number.Read);
        }

        _meter.CreateObservableGauge("datatoevents.ever", Ever, description: "The same numbers since the data directory began, over all runs of the host.");
        _meter.CreateObservableGauge("datatoevents.set_aside", SetAside, description: "Objects and messages that lie in the places of what was set aside, now.");
        Count("lake", "Lines given to the lake.", static counts => counts.Lake);
        Count("dropped", "Records that the catalog drops.", static counts => counts.Dropped);
        Count("queued", "Messages that the queue took as new.", static counts => counts.Queued);
        Count("unclassified", "Events that no entry of the catalog matches.", static counts => counts.Unclassified);
        Count("not_json", "Events of records that are no JSON.", static counts => counts.NotJson);
        Count("time_unusable", "Events whose time could not be read.", static counts => counts.TimeUnusable);
        Count("invalid_cloudevents", "Records that say they are CloudEvents and break the specification.", static counts => counts.InvalidCloudEvents);
        _meter.CreateObservableCounter("datatoevents.failed", Failed, description: "What was set aside since the host started, by place, also what was brought back since.");
        _meter.CreateObservableGauge("datatoevents.pending", () => _host.Counts().Pending, description: "What is under way between two hops.");
        _meter.CreateObservableGauge("datatoevents.hop.depth", () => Hops(static hop => hop.Depth), description: "What waits at a hop.");
        _meter.CreateObservableGauge("datatoevents.hop.age", () => Hops(static hop => hop.Age.TotalSeconds), "s", "Age of the oldest that waits at a hop.");
        _meter.CreateObservableCounter("datatoevents.hop.errors", () => Hops(static hop => hop.Errors), description: "Failures at a hop.");
        _meter.CreateObservableGauge("datatoevents.hop.errors_last_minute", () => Hops(static hop => hop.ErrorsLastMinute), description: "Failures at a hop during the last minute.");
        _meter.CreateObservableGauge("datatoevents.latency", Latency, "ms", "From acceptance to delivery, of all events since the start.");
    }

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string description, Func<PathCounts, long> read) =>
        _meter.CreateObservableCounter($"datatoevents.{name}", () => read(_host.Counts()), description: description);

    private IEnumerable<Measurement<T>> Hops<T>(Func<HopState, T> read)
        where T : struct => _host.Hops().Select(hop => new Measurement<T>(read(hop), KeyValuePair.Create<string, object?>("hop", hop.Id)));

    private IEnumerable<Measurement<long>> Ever()
    {
        var counts = _host.Counts();
        return SharedNumber.All.Select(number => new Measurement<long>(_host.Ever(number, counts), KeyValuePair.Create<string, object?>("number", number.Name)));
    }

    private IEnumerable<Measurement<long>> SetAside() => _host.SetAside.Select(static place => At(place.Metric, place.Count));

    private IEnumerable<Measurement<long>> Failed()
    {
        var failed = _host.Counts().Failed;
        yield return At("processing_failed", failed.ProcessingFailed);
        yield return At("dead_letter_queue", failed.DeadLetterQueue);
        yield return At("on_failure", failed.OnFailure);
        yield return At("rule_dead_letter_queue", failed.RuleDeadLetterQueue);
    }

    private IEnumerable<Measurement<double>> Latency()
    {
        var latency = _host.Latency.Histogram;
        foreach (var (quantile, share) in new[] { ("0.5", 0.5), ("0.99", 0.99), ("1", 1.0) })
        {
            yield return new Measurement<double>(latency.Percentile(share), KeyValuePair.Create<string, object?>("quantile", quantile));
        }
    }

    private static Measurement<long> At(string place, long count) => new(count, KeyValuePair.Create<string, object?>("place", place));
}
