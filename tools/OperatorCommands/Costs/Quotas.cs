namespace DataToEvents.Operator.Costs;

/// <param name="Stage">The stage that it limits.</param>
/// <param name="Limit">AWS's number, with its unit.</param>
/// <param name="EventsPerSecond">The rate that it lets through.</param>
/// <param name="Remedy">A change that lets more through.</param>
/// <param name="IsShared">All resources of the account and region share it: more of them do not help.</param>
internal sealed record QuotaBound(string Stage, string Limit, double EventsPerSecond, string Remedy, bool IsShared, string Source);

/// <summary>The quotas in the order in which a growing load reaches them.</summary>
internal static class Quotas
{
    private const double MiB = 1_048_576;
    private const int BatchRecords = 500;
    private const int CallEntries = 10;

    /// <summary>PutEvents: a request is safe up to 256 KB (facts.md, section 4: uncertain above).</summary>
    private const double PutEventsBytes = 256_000;

    /// <summary>PutRecordBatch: 4 MiB.</summary>
    private const double BatchBytes = 4 * MiB;

    /// <summary>An invocation of the consumer for one event: a transaction of 5 ms and its own work.</summary>
    private const double ConsumerMs = 10;

    /// <summary>A call of a function to SQS, DynamoDB or EventBridge: an assumption, not measured on AWS.</summary>
    public const double CallMs = 10;

    public static IReadOnlyList<QuotaBound> Bounds(Workload load, PriceList prices, string region)
    {
        QuotaBound Bound(string stage, string quota, Func<double, double> events, string remedy, bool isShared = false)
        {
            var (value, unit, source, second) = prices.Quota(quota, region);
            return new QuotaBound(stage, FormattableString.Invariant($"{value:N0} {unit}"), events(value), remedy, isShared, second ? $"{source} (second-hand)" : source);
        }

        var batch = Math.Max(1, Math.Min(BatchRecords, Math.Floor(BatchBytes / load.RecordBytes)));
        var entries = load.Batched ? Math.Max(1, Math.Min(CallEntries, Math.Floor(PutEventsBytes / load.EnvelopeSize))) : 1;
        return
        [
            .. new[]
            {
                Bound("Firehose, bytes", "firehoseMiB", value => value * MiB / load.RecordBytes * load.Pack, "ask for more, or several delivery streams"),
                Bound("Firehose, records", "firehoseRecords", value => value * load.Pack, "pack more events in a record"),
                Bound("Firehose, calls", "firehoseRequests", value => value * batch * load.Pack, "fuller calls"),
                Bound("SQS FIFO, messages", "sqsFifoMessages", value => load.Batched ? value : value / CallEntries, "several queues, streams spread over them by hash"),
                Bound("DynamoDB, table", "dynamoDbTableWrites", value => value / load.WriteUnits, "ask for more, warm throughput; then several tables"),
                Bound("EventBridge, PutEvents", "putEvents", value => value * entries, "ask for more; then a V2 bus or a queue per consumer", isShared: true),
                Bound("EventBridge, targets invoked", "busInvocations", value => value, "ask for more; an SQS target that the consumer reads in batches", isShared: true),
                Bound("Lambda, concurrency", "lambdaConcurrency", value => value * 1_000 / MsPerEvent(load, prices), "ask for more; the consumer behind a queue, in batches", isShared: true),
            }.OrderBy(bound => bound.EventsPerSecond),
        ];
    }

    /// <summary>The most events a second of a single stream: they go one a call, one call after the other (docs/adr/0019), and into one partition.</summary>
    public static double HottestStream(Workload load, PriceList prices, string region) => Math.Min(1_000 / CallMs, OnePartition(load, prices, region));

    /// <summary>The most events a second that a partition of the table takes.</summary>
    public static double OnePartition(Workload load, PriceList prices, string region) => prices.Quota("dynamoDbPartitionWrites", region).Value / load.WriteUnits;

    private static double MsPerEvent(Workload load, PriceList prices)
    {
        var way = load.Aot ? "aot" : "original";
        return ConsumerMs + PriceList.Functions.Select(name => prices.Work(way, name)).Sum(work => (work.CpuMs / 1_000) + (work.WaitMs / work.RecordsPerInvocation));
    }
}
