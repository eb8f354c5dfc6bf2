using Amazon.CloudWatch;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.ServiceQuotas;
using Amazon.ServiceQuotas.Model;
using DataToEvents.Recovery.Status;

namespace DataToEvents.Recovery.Checkup;

/// <summary>A quota of the account and region that a growing load reaches.</summary>
/// <param name="Name">What is limited.</param>
/// <param name="Unit">What is counted, for example "calls a second".</param>
/// <param name="Load">The metric that counts it.</param>
/// <param name="Limit">Reads the limit as it is now; null if AWS does not tell it.</param>
/// <param name="Cure">What to do when it is nearly reached.</param>
internal sealed record Quota(string Name, string Unit, MetricOf Load, Func<CancellationToken, Task<double?>> Limit, string Cure)
{
    /// <summary>What high throughput gives a FIFO queue in the smallest regions, in calls of ten (Amazon SQS Developer Guide, "Amazon SQS message quotas"). Other regions have more.</summary>
    private const double FifoMessages = 24_000;

    private const string Ask = "ask for more in Service Quotas; operator cost --rate N --region REGION --plan says how much a load needs";

    /// <summary>A sum is divided by the seconds that it was counted in, a maximum is not.</summary>
    public double Divisor => Load.Stat == "Sum" ? QuotaCheck.PeriodInSeconds : 1;

    public static IReadOnlyList<Quota> Of(PathServices services, TimeProvider clock)
    {
        Quota Firehose(string name, string unit, string load, string limit) => new(
            $"Firehose, {name}", unit, OfStream(load, "Sum"), stopping => LastAsync(services.CloudWatch, OfStream(limit, "Minimum"), clock.GetUtcNow(), stopping), "ask for more in Service Quotas (Firehose); producers are throttled meanwhile and must send again");
        MetricOf OfStream(string metric, string stat) => new("AWS/Firehose", metric, stat, QuotaCheck.PeriodInSeconds, ("DeliveryStreamName", services.Names.DeliveryStream));
        Quota OfBus(string name, string unit, string metric, string code) =>
            new($"EventBridge, {name}", unit, new MetricOf("AWS/Events", metric, "Sum", QuotaCheck.PeriodInSeconds), stopping => AllowedAsync(services.ServiceQuotas, "events", code, stopping), Ask);
        return
        [
            // Firehose raises them by itself for a while; CloudWatch has what they are now (Amazon Data Firehose Developer Guide, "CloudWatch alarm best practices").
            Firehose("bytes", "bytes a second", "IncomingBytes", "BytesPerSecondLimit"),
            Firehose("records", "records a second", "IncomingRecords", "RecordsPerSecondLimit"),
            Firehose("calls", "calls a second", "IncomingPutRequests", "PutRequestsPerSecondLimit"),
            new(
                "SQS FIFO, messages", "messages a second", new MetricOf("AWS/SQS", "NumberOfMessagesSent", "Sum", QuotaCheck.PeriodInSeconds, ("QueueName", services.Names.Queue)), static _ => Task.FromResult<double?>(FifoMessages),
                "docs/capacity.md: your region may allow more; then several queues, with the streams spread over them"),
            // Both count all buses of the account and region (Amazon EventBridge User Guide, "Amazon EventBridge quotas").
            OfBus("PutEvents", "calls a second", "PutEventsApproximateCallCount", "L-9B653E91"),
            OfBus("targets invoked", "invocations a second", "InvocationsCreated", "L-5540C5E3"),
            new("Lambda, concurrency", "invocations at once", new MetricOf("AWS/Lambda", "ConcurrentExecutions", "Maximum", QuotaCheck.PeriodInSeconds), stopping => ConcurrencyAsync(services.Lambda, stopping), Ask),
        ];
    }

    /// <summary>The account's own value, else AWS's default for the region.</summary>
    public static async Task<double?> AllowedAsync(IAmazonServiceQuotas quotas, string service, string code, CancellationToken cancellationToken)
    {
        try
        {
            return (await quotas.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = service, QuotaCode = code }, cancellationToken)).Quota?.Value;
        }
        catch (NoSuchResourceException)
        {
            return (await quotas.GetAWSDefaultServiceQuotaAsync(new GetAWSDefaultServiceQuotaRequest { ServiceCode = service, QuotaCode = code }, cancellationToken)).Quota?.Value;
        }
    }

    private static async Task<double?> LastAsync(IAmazonCloudWatch cloudWatch, MetricOf metric, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var points = (await CloudWatchMetrics.ReadAsync(cloudWatch, [metric], now.AddDays(-1), now, cancellationToken))[0];
        return points.Count == 0 ? null : points[0].Value;
    }

    private static async Task<double?> ConcurrencyAsync(IAmazonLambda lambda, CancellationToken cancellationToken) =>
        (await lambda.GetAccountSettingsAsync(new GetAccountSettingsRequest(), cancellationToken)).AccountLimit.ConcurrentExecutions;
}
