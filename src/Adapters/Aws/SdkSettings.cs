using Amazon.Runtime;

namespace DataToEvents.Adapters.Aws;

/// <summary>Settings of the SDK's clients that the adapters take. Region, credentials and endpoint come from the environment, as in any AWS program.</summary>
public static class SdkSettings
{
    // One quick retry, for a connection that broke. After that the caller retries, with jitter and within the time that is left.
    private const int MaxErrorRetry = 1;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public static TConfig Of<TConfig>()
        where TConfig : ClientConfig, new() => new() { MaxErrorRetry = MaxErrorRetry, Timeout = CallTimeout };
}
