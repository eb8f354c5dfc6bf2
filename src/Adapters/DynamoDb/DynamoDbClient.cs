using Amazon.DynamoDBv2;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>The settings of the SDK client. Region, credentials and endpoint come from the environment, as in any AWS program.</summary>
public static class DynamoDbClient
{
    // One quick try for a broken connection; what fails twice is retried by the caller, with jitter and within its time budget.
    private const int MaxErrorRetry = 1;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public static AmazonDynamoDBConfig Config() => new() { MaxErrorRetry = MaxErrorRetry, Timeout = CallTimeout };
}
