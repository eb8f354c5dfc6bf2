using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Metric = Amazon.CloudWatch.Model.Metric;

namespace DataToEvents.Recovery.Status;

/// <summary>A metric of AWS's, and how its values are put together.</summary>
/// <param name="Namespace">The service's: <c>AWS/SQS</c>.</param>
/// <param name="Name">The metric's.</param>
/// <param name="Stat"><c>Sum</c>, <c>Maximum</c> or <c>Minimum</c> of each period.</param>
/// <param name="PeriodInSeconds">60 or a multiple of it.</param>
/// <param name="Dimension">The resource that it tells of; null: the whole account in this region.</param>
internal sealed record MetricOf(string Namespace, string Name, string Stat, int PeriodInSeconds, (string Name, string Value)? Dimension = null);

/// <summary>Reads values of metrics.</summary>
internal static class CloudWatchMetrics
{
    /// <summary>Asks for all of them at once.</summary>
    /// <returns>The values of each metric, in the order of the metrics, the newest value first.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<(DateTimeOffset At, double Value)>>> ReadAsync(
        IAmazonCloudWatch cloudWatch, IReadOnlyList<MetricOf> metrics, DateTimeOffset from, DateTimeOffset to, CancellationToken stopping)
    {
        var values = metrics.Select(static _ => new List<(DateTimeOffset, double)>()).ToList();
        var request = new GetMetricDataRequest
        {
            StartTime = from.UtcDateTime,
            EndTime = to.UtcDateTime,
            ScanBy = ScanBy.TimestampDescending,
            MetricDataQueries = [.. metrics.Select(Query)],
        };
        do
        {
            var page = await cloudWatch.GetMetricDataAsync(request, stopping);
            foreach (var result in page.MetricDataResults ?? [])
            {
                values[int.Parse(result.Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture)]
                    .AddRange((result.Values ?? []).Select((value, index) => (new DateTimeOffset(result.Timestamps[index].ToUniversalTime()), value)));
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return values;
    }

    private static MetricDataQuery Query(MetricOf metric, int index) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"m{index}"),
        MetricStat = new MetricStat
        {
            Metric = new Metric
            {
                Namespace = metric.Namespace,
                MetricName = metric.Name,
                Dimensions = metric.Dimension is { } dimension ? [new Dimension { Name = dimension.Name, Value = dimension.Value }] : null,
            },
            Period = metric.PeriodInSeconds,
            Stat = metric.Stat,
        },
    };
}
