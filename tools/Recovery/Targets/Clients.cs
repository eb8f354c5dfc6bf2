using Amazon;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.KinesisFirehose;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace DataToEvents.Recovery.Targets;

/// <summary>Amazon's clients: by the SDK's usual chain for AWS, without any set-up for a local endpoint.</summary>
/// <param name="endpoint">Null: AWS's own.</param>
/// <param name="region">Null: by the SDK's usual chain.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class Clients(Uri? endpoint, string? region, Func<string, string?> environment)
{
    private const string LocalRegion = "us-east-1";
    private const int MaxErrorRetry = 3;

    /// <summary>Any of them says that the user means credentials of their own.</summary>
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public AmazonSQSClient Sqs() => new(Config<AmazonSQSConfig>());

    public AmazonDynamoDBClient Dynamo() => new(Config<AmazonDynamoDBConfig>());

    public AmazonDynamoDBStreamsClient Streams() => new(Config<AmazonDynamoDBStreamsConfig>());

    public AmazonEventBridgeClient Bridge() => new(Config<AmazonEventBridgeConfig>());

    public AmazonKinesisFirehoseClient Firehose() => new(Config<AmazonKinesisFirehoseConfig>());

    public AmazonS3Client S3()
    {
        var config = Config<AmazonS3Config>();
        config.ForcePathStyle = endpoint is not null;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return new AmazonS3Client(config);
    }

    private bool IsLocal => endpoint is not null && !CredentialVariables.Select(environment).Any(IsSet);

    private TConfig Config<TConfig>()
        where TConfig : ClientConfig, new()
    {
        var config = new TConfig { MaxErrorRetry = MaxErrorRetry, Timeout = CallTimeout };
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = region ?? RegionVariables.Select(environment).FirstOrDefault(IsSet) ?? LocalRegion;
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        if (IsLocal)
        {
            config.DefaultAWSCredentials = new BasicAWSCredentials("local", "local");
        }

        return config;
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);
}
