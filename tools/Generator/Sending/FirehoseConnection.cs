using Amazon.KinesisFirehose;
using Amazon.Runtime;

namespace DataToEvents.Generator.Sending;

/// <summary>Makes the client of a <see cref="FirehoseTarget"/>: by the SDK's usual chain for AWS, without any set-up for a local endpoint.</summary>
internal static class FirehoseConnection
{
    private const string LocalRegion = "us-east-1";

    /// <summary>Any of them says that the user means credentials of their own.</summary>
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <exception cref="TargetException">The SDK finds no region or no credentials.</exception>
    public static IRecordSink Open(FirehoseTarget target)
    {
        try
        {
            return new FirehoseSink(Client(target.Endpoint, Environment.GetEnvironmentVariable), target);
        }
        catch (AmazonClientException fault)
        {
            throw new TargetException(TargetFault.Refused, fault.Message, fault);
        }
    }

    internal static AmazonKinesisFirehoseClient Client(Uri? endpoint, Func<string, string?> environment)
    {
        // Delivery retries, and counts what it retries; the SDK's own retries would multiply with it.
        var config = new AmazonKinesisFirehoseConfig { MaxErrorRetry = 0 };
        if (endpoint is null)
        {
            return new AmazonKinesisFirehoseClient(config);
        }

        config.ServiceURL = endpoint.ToString();
        config.AuthenticationRegion = RegionVariables.Select(environment).FirstOrDefault(IsSet) ?? LocalRegion;
        return CredentialVariables.Select(environment).Any(IsSet)
            ? new AmazonKinesisFirehoseClient(config)
            : new AmazonKinesisFirehoseClient(new BasicAWSCredentials("local", "local"), config);
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);
}
