using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataToEvents.Load;
using DataToEvents.Recovery.DeadLetters;
using DataToEvents.Recovery.Failed;

namespace DataToEvents.Local.Reporting;

/// <summary>What a run came to: the last line of <c>--summary json</c>, or the final table.</summary>
internal sealed record Summary(
    long Accepted,
    long Lake,
    long Queued,
    long Stored,
    long Duplicates,
    long Conflicts,
    long Dropped,
    long Refused,
    long Published,
    long Delivered,
    SummaryFailures Failed,
    double Seconds,
    double EventsPerSecond,
    SummaryLatency LatencyMs)
{
    /// <param name="counts">At the end of the run.</param>
    /// <param name="latency">From acceptance to delivery.</param>
    /// <param name="elapsed">From the first record fed to the last event delivered.</param>
    public static Summary Of(PathCounts counts, LatencyHistogram latency, TimeSpan elapsed) => new(
        counts.Accepted,
        counts.Lake,
        counts.Queued,
        counts.Stored,
        counts.Duplicates,
        counts.Conflicts,
        counts.Dropped,
        counts.Refused,
        counts.Published,
        counts.Delivered,
        new SummaryFailures(counts.Failed.ProcessingFailed, counts.Failed.DeadLetterQueue, counts.Failed.OnFailure, counts.Failed.RuleDeadLetterQueue),
        Math.Round(elapsed.TotalSeconds, 3),
        elapsed > TimeSpan.Zero ? Math.Round(counts.Delivered / elapsed.TotalSeconds, 1) : 0,
        new SummaryLatency(Math.Round(latency.Percentile(0.50), 3), Math.Round(latency.Percentile(0.99), 3), Math.Round(latency.Max, 3)));

    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.Summary);

    /// <summary>Two columns for people.</summary>
    public IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("accepted", Number(Accepted));
        yield return ("in the lake", Number(Lake));
        yield return ("queued", Number(Queued));
        yield return ("stored", Number(Stored));
        yield return ("duplicates", Number(Duplicates));
        yield return ("conflicts (quarantine)", Number(Conflicts));
        yield return ("dropped (catalog)", Number(Dropped));
        yield return ("refused at the endpoint", Number(Refused));
        yield return ("published", Number(Published));
        yield return ("delivered", Number(Delivered));
        yield return ("failed: processing", Number(Failed.ProcessingFailed));
        yield return ("failed: dead-letter queue", Number(Failed.DeadLetterQueue));
        yield return ("failed: on-failure", Number(Failed.OnFailure));
        yield return ("failed: rule's dead-letter queue", Number(Failed.RuleDeadLetterQueue));
        yield return ("seconds", Seconds.ToString("N3", CultureInfo.InvariantCulture));
        yield return ("events a second", EventsPerSecond.ToString("N1", CultureInfo.InvariantCulture));
        yield return ("latency p50 / p99 / max, ms", string.Create(CultureInfo.InvariantCulture, $"{LatencyMs.P50:N1} / {LatencyMs.P99:N1} / {LatencyMs.Max:N1}"));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

internal sealed record SummaryFailures(long ProcessingFailed, long DeadLetterQueue, long OnFailure, long RuleDeadLetterQueue);

/// <summary>From acceptance to delivery, in milliseconds.</summary>
internal sealed record SummaryLatency(double P50, double P99, double Max);

[JsonSerializable(typeof(Summary))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class SummaryJson : JsonSerializerContext;
