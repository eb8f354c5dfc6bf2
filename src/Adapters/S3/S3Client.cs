using Amazon.Runtime;
using Amazon.S3;

namespace DataToEvents.Adapters.S3;

/// <summary>The settings of these adapters' SDK client. Region, credentials and endpoint come from the environment, as in any AWS program.</summary>
public static class S3Client
{
    private const int MaxErrorRetry = 1;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <param name="endpointUrl">The value of AWS_ENDPOINT_URL, if any: such an endpoint seldom has a host name for each bucket.</param>
    public static AmazonS3Config Config(string? endpointUrl) => new()
    {
        MaxErrorRetry = MaxErrorRetry,
        Timeout = CallTimeout,
        ForcePathStyle = !string.IsNullOrEmpty(endpointUrl),

        // An object comes with the SHA-256 of its content; the SDK's own checksum would be a second one.
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    };
}
