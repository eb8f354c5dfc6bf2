using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsJson;

/// <summary>The defaults that SDKs share for each DefaultConfigurationMode: standard retries, and how long a connection may take.</summary>
internal static class Defaults
{
    public static DefaultConfigurationProvider Provider { get; } = new(
    [
        Of(DefaultConfigurationMode.Standard, 3100),
        Of(DefaultConfigurationMode.InRegion, 1100),
        Of(DefaultConfigurationMode.CrossRegion, 3100),
        Of(DefaultConfigurationMode.Mobile, 30_000),
        Of(DefaultConfigurationMode.Auto, 1100),
    ]);

    private static DefaultConfiguration Of(DefaultConfigurationMode mode, int connectMilliseconds) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
    };
}
