using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Metric = Amazon.CloudWatch.Model.Metric;

namespace DataToEvents.Recovery.Status;

/// <summary>The age of the oldest item that waits at a hop, which AWS's services tell to CloudWatch alone.</summary>
internal sealed class CloudWatchAges
{
    private const int MinuteInSeconds = 60;

    /// <summary>CloudWatch may have a value some minutes late.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (TimeSpan Age, DateTimeOffset At)> _newest = [];

    /// <summary>Why CloudWatch did not answer; null: it did.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Asks for all of them at once.</summary>
    /// <returns>Those of the last minutes; all are missing where CloudWatch refuses, with what it said.</returns>
    public static async Task<CloudWatchAges> ReadAsync(IAmazonCloudWatch cloudWatch, ResourceNames names, DateTimeOffset now, CancellationToken stopping)
    {
        var metrics = Metrics(names);
        var request = new GetMetricDataRequest
        {
            StartTime = (now - Back).UtcDateTime,
            EndTime = now.UtcDateTime,
            ScanBy = ScanBy.TimestampDescending,
            MetricDataQueries = metrics.ConvertAll(static metric => metric.Query),
        };
        var ages = new CloudWatchAges();
        try
        {
            do
            {
                var page = await cloudWatch.GetMetricDataAsync(request, stopping);
                foreach (var result in page.MetricDataResults ?? [])
                {
                    ages.Add(metrics.Find(metric => metric.Query.Id == result.Id), result);
                }

                request.NextToken = page.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
            return ages;
        }
        catch (AmazonServiceException fault) when (ServiceFaults.Describe(fault, stopping) is { } refusal)
        {
            return new CloudWatchAges { Refusal = refusal };
        }
    }

    /// <returns>The newest value and its time; null where CloudWatch has none of the last minutes.</returns>
    public (TimeSpan Age, DateTimeOffset At)? Of(string resource) => _newest.TryGetValue(resource, out var newest) ? newest : null;

    /// <summary>Each metric with the resource that it tells of, and its unit.</summary>
    private static List<(string Resource, TimeSpan Unit, MetricDataQuery Query)> Metrics(ResourceNames names)
    {
        var second = TimeSpan.FromSeconds(1);
        (string Resource, TimeSpan Unit, string Namespace, string Name, string Dimension)[] metrics =
        [
            (names.DeliveryStream, second, "AWS/Firehose", "DeliveryToS3.DataFreshness", "DeliveryStreamName"),
            (names.Emitter, TimeSpan.FromMilliseconds(1), "AWS/Lambda", "IteratorAge", "FunctionName"),
            .. new[] { names.Queue, names.DeadLetters, names.RuleDeadLetters, names.BusDeadLetters }
                .Select(queue => (queue, second, "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName")),
        ];
        return [.. metrics.Select(static (metric, index) => (metric.Resource, metric.Unit, new MetricDataQuery
        {
            Id = $"m{index}",
            MetricStat = new MetricStat
            {
                Metric = new Metric { Namespace = metric.Namespace, MetricName = metric.Name, Dimensions = [new Dimension { Name = metric.Dimension, Value = metric.Resource }] },
                Period = MinuteInSeconds,
                Stat = "Maximum",
            },
        }))];
    }

    /// <summary>The newest value comes first.</summary>
    private void Add((string Resource, TimeSpan Unit, MetricDataQuery Query) metric, MetricDataResult result)
    {
        if (result.Values is [var value, ..] && metric.Query is not null)
        {
            _newest.TryAdd(metric.Resource, (value * metric.Unit, new DateTimeOffset(result.Timestamps[0].ToUniversalTime())));
        }
    }
}
