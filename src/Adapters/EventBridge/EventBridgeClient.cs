using Amazon.EventBridge;

namespace DataToEvents.Adapters.EventBridge;

/// <summary>The settings of the SDK client. Region, credentials and endpoint come from the environment, as in any AWS program.</summary>
public static class EventBridgeClient
{
    // One quick try for a broken connection; what fails twice is retried by StreamLanes, with jitter and within the time budget.
    private const int MaxErrorRetry = 1;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public static AmazonEventBridgeConfig Config() => new() { MaxErrorRetry = MaxErrorRetry, Timeout = CallTimeout };
}
