using Amazon.CloudWatch;

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
        var ages = new CloudWatchAges();
        try
        {
            var values = await CloudWatchMetrics.ReadAsync(cloudWatch, metrics.ConvertAll(static metric => metric.Metric), now - Back, now, stopping);
            foreach (var (metric, points) in metrics.Zip(values).Where(static pair => pair.Second.Count > 0))
            {
                ages._newest.TryAdd(metric.Metric.Dimension!.Value.Value, (points[0].Value * metric.Unit, points[0].At));
            }

            return ages;
        }
        catch (AmazonServiceException fault) when (ServiceFaults.Describe(fault, stopping) is { } refusal)
        {
            return new CloudWatchAges { Refusal = refusal };
        }
    }

    /// <returns>The newest value and its time; null where CloudWatch has none of the last minutes.</returns>
    public (TimeSpan Age, DateTimeOffset At)? Of(string resource) => _newest.TryGetValue(resource, out var newest) ? newest : null;

    /// <summary>Each metric, with its unit.</summary>
    private static List<(TimeSpan Unit, MetricOf Metric)> Metrics(ResourceNames names)
    {
        var second = TimeSpan.FromSeconds(1);
        return
        [
            (second, Of("AWS/Firehose", "DeliveryToS3.DataFreshness", "DeliveryStreamName", names.DeliveryStream)),
            (TimeSpan.FromMilliseconds(1), Of("AWS/Lambda", "IteratorAge", "FunctionName", names.Emitter)),
            .. new[] { names.Queue, names.DeadLetters, names.RuleDeadLetters, names.BusDeadLetters }
                .Select(queue => (second, Of("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue))),
        ];
    }

    private static MetricOf Of(string service, string name, string dimension, string resource) => new(service, name, "Maximum", MinuteInSeconds, (dimension, resource));
}
