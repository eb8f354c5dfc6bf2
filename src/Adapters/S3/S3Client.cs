using Amazon.S3;
using DataToEvents.Adapters.Shared;

namespace DataToEvents.Adapters.S3;

/// <summary>How these adapters want their SDK client; region, credentials and endpoint come from the environment as in any AWS program.</summary>
public static class S3Client
{
    private const int MaxErrorRetry = 2;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    internal static Pauses Pauses(TimeProvider time, Random random) => new(FirstBackOff, time, random);

    /// <param name="endpointUrl">The value of AWS_ENDPOINT_URL, if any: such an endpoint seldom has a host name for each bucket.</param>
    public static AmazonS3Config Config(string? endpointUrl) =>
        new() { MaxErrorRetry = MaxErrorRetry, Timeout = CallTimeout, ForcePathStyle = !string.IsNullOrEmpty(endpointUrl) };
}
