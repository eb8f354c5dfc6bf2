using Amazon.KinesisFirehose;
using Amazon.Runtime;
using Amazon.SQS;

namespace DataToEvents.Generator.Sending;

/// <summary>Makes clients of AWS services: by the SDK's usual chain for AWS, without any set-up for a local endpoint.</summary>
internal static class AwsConnection
{
    private const string LocalRegion = "us-east-1";

    /// <summary>Any of them says that the user means credentials of their own.</summary>
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <exception cref="TargetException">The SDK finds no region or no credentials.</exception>
    public static IRecordSink Open(SendTarget target)
    {
        try
        {
            // The sender retries, and counts what it retries; the SDK's own retries would multiply with it.
            return target.Kind == TargetKind.Sqs
                ? new SqsSink(Client(new AmazonSQSConfig { MaxErrorRetry = 0 }, target.Endpoint, (config, credentials) => credentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(credentials, config)), target)
                : new FirehoseSink(Firehose(target.Endpoint, Environment.GetEnvironmentVariable), target);
        }
        catch (AmazonClientException fault)
        {
            throw new TargetException(TargetFault.Refused, fault.Message, fault);
        }
    }

    internal static AmazonKinesisFirehoseClient Firehose(Uri? endpoint, Func<string, string?> environment) => Client(
        new AmazonKinesisFirehoseConfig { MaxErrorRetry = 0 },
        endpoint,
        (config, credentials) => credentials is null ? new AmazonKinesisFirehoseClient(config) : new AmazonKinesisFirehoseClient(credentials, config),
        environment);

    /// <param name="config">Of the service.</param>
    /// <param name="endpoint">Null: AWS's own.</param>
    /// <param name="create">Makes the client; without credentials it looks for them itself.</param>
    /// <param name="environment">The environment's variables.</param>
    internal static TClient Client<TConfig, TClient>(
        TConfig config, Uri? endpoint, Func<TConfig, AWSCredentials?, TClient> create, Func<string, string?>? environment = null)
        where TConfig : ClientConfig
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (endpoint is null)
        {
            return create(config, null);
        }

        config.ServiceURL = endpoint.ToString();
        config.AuthenticationRegion = RegionVariables.Select(environment).FirstOrDefault(IsSet) ?? LocalRegion;
        return create(config, CredentialVariables.Select(environment).Any(IsSet) ? null : new BasicAWSCredentials("local", "local"));
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);
}
