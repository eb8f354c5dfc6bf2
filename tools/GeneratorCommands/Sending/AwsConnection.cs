using Amazon.KinesisFirehose;
using Amazon.SQS;

namespace DataToEvents.Generator.Sending;

/// <summary>Connects a run with its target.</summary>
internal static class AwsConnection
{
    /// <exception cref="TargetException">The SDK finds no region or no credentials.</exception>
    public static IRecordSink Open(SendTarget target)
    {
        try
        {
            return target.Kind == TargetKind.Sqs
                ? new SqsSink(new AmazonSQSClient(Settings<AmazonSQSConfig>(target.Endpoint, target.Region, Environment.GetEnvironmentVariable)), target)
                : new FirehoseSink(Firehose(target.Endpoint, target.Region, Environment.GetEnvironmentVariable), target);
        }
        catch (AmazonClientException fault)
        {
            throw new TargetException(TargetFault.Refused, fault.Message, fault);
        }
    }

    internal static AmazonKinesisFirehoseClient Firehose(Uri? endpoint, string? region, Func<string, string?> environment) => new(Settings<AmazonKinesisFirehoseConfig>(endpoint, region, environment));

    /// <summary>The sender retries, and counts what it retries; the SDK's own retries would multiply with it.</summary>
    private static TConfig Settings<TConfig>(Uri? endpoint, string? region, Func<string, string?> environment)
        where TConfig : ClientConfig, new() => new AwsSettings(endpoint, region, environment).Of<TConfig>(maxErrorRetry: 0);
}
