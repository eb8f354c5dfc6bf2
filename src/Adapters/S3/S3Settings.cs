using Amazon.Runtime;
using Amazon.S3;
using DataToEvents.Adapters.Aws;

namespace DataToEvents.Adapters.S3;

/// <summary>The settings of the SDK client that these adapters take.</summary>
public static class S3Settings
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <param name="endpointUrl">The value of AWS_ENDPOINT_URL, if any: such an endpoint seldom has a host name for each bucket.</param>
    public static AmazonS3Config For(string? endpointUrl)
    {
        var settings = SdkSettings.Of<AmazonS3Config>();
        settings.Timeout = CallTimeout;
        settings.ForcePathStyle = !string.IsNullOrEmpty(endpointUrl);

        // Each object is sent with the SHA-256 of its content. The SDK's own checksum would be a second one.
        settings.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        settings.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return settings;
    }
}
