using DataToEvents.Local.Page;

namespace DataToEvents.Local.Reporting;

/// <summary>The result of a run: the last line of <c>--summary json</c>, or the final table.</summary>
/// <param name="counts">The counts at the end of the run.</param>
/// <param name="latency">The times from acceptance to delivery.</param>
/// <param name="setAside">What lies in the places of what was set aside.</param>
/// <param name="ever">A shared number since the data directory began.</param>
/// <param name="elapsed">The time from the first record fed to the last event delivered.</param>
internal sealed class Summary(PathCounts counts, LatencyHistogram latency, IReadOnlyList<PagePlace> setAside, Func<SharedNumber, long> ever, TimeSpan elapsed)
{
    private readonly (string Member, string Label, long Value)[] _counts =
    [
        ("accepted", "accepted (records)", counts.Accepted),
        ("lake", "in the lake", counts.Lake),
        ("queued", "queued", counts.Queued),
        ("stored", "stored (events)", counts.Stored),
        ("duplicates", "duplicates (second copies)", counts.Duplicates),
        ("conflicts", "conflicts (quarantine)", counts.Conflicts),
        ("dropped", "dropped (catalog)", counts.Dropped),
        ("refused", "refused at the endpoint", counts.Refused),
        ("published", "published (events)", counts.Published),
        ("published_again", "published again", counts.PublishedAgain),
        ("delivered", "delivered (events)", counts.Delivered),
        ("replays", "replays", counts.Replays),
        ("unclassified", "unclassified", counts.Unclassified),
        ("not_json", "not JSON", counts.NotJson),
        ("time_unusable", "time not usable", counts.TimeUnusable),
        ("invalid_cloudevents", "invalid CloudEvents", counts.InvalidCloudEvents),
    ];

    private readonly (string Member, string Label, long Value)[] _failed =
    [
        ("processing_failed", "processing", counts.Failed.ProcessingFailed),
        ("dead_letter_queue", "dead-letter queue", counts.Failed.DeadLetterQueue),
        ("on_failure", "on-failure", counts.Failed.OnFailure),
        ("rule_dead_letter_queue", "rule's dead-letter queue", counts.Failed.RuleDeadLetterQueue),
    ];

    private readonly double _eventsPerSecond = elapsed > TimeSpan.Zero ? Math.Round(counts.Delivered / elapsed.TotalSeconds, 1) : 0;

    /// <summary>One object, in one line.</summary>
    public string ToJson() => new JsonObject(_counts.Select(Json))
    {
        ["failed"] = new JsonObject(_failed.Select(Json)),
        ["set_aside"] = new JsonObject(setAside.Select(static place => Json((place.Metric, place.Name, place.Count)))),
        ["ever"] = new JsonObject(SharedNumber.All.Select(number => Json((number.Name, number.Name, ever(number))))),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        ["events_per_second"] = _eventsPerSecond,
        ["latency_ms"] = new JsonObject
        {
            ["p50"] = Math.Round(latency.Percentile(0.50), 3),
            ["p99"] = Math.Round(latency.Percentile(0.99), 3),
            ["max"] = Math.Round(latency.Max, 3),
        },
    }.ToJsonString();

    /// <summary>How to see what was not understood; null when all was.</summary>
    public string? Advice => counts.Unclassified + counts.TimeUnusable + counts.InvalidCloudEvents == 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Not all was understood: {counts.Unclassified:N0} unclassified, {counts.NotJson:N0} of them not JSON; {counts.TimeUnusable:N0} with a time that is not usable; {Units.Count(counts.InvalidCloudEvents, "invalid CloudEvent")}. All of it went on with its bytes. `operator catalog check CATALOG --input RECORDS` says why, record by record; the Transformer's log lines say it once a batch.");

    /// <summary>Two columns for people.</summary>
    public IEnumerable<(string Name, string Value)> Rows() =>
    [
        .. _counts.Select(count => (count.Label, Text($"{count.Value:N0}"))),
        .. _failed.Select(count => ($"were set aside: {count.Label}", Text($"{count.Value:N0}"))),
        ("lie there now (objects and messages)", Text($"{setAside.Sum(static place => place.Count):N0}")),
        ("seconds", Text($"{elapsed.TotalSeconds:N3}")),
        ("events a second", Text($"{_eventsPerSecond:N1}")),
        ("latency p50 / p99 / max, ms", Text($"{latency.Percentile(0.50):N1} / {latency.Percentile(0.99):N1} / {latency.Max:N1}")),
    ];

    private static KeyValuePair<string, JsonNode?> Json((string Member, string Label, long Value) count) => KeyValuePair.Create<string, JsonNode?>(count.Member, count.Value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
