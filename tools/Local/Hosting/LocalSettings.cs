using DataToEvents.Adapters.Embedded.Bus;
using DataToEvents.Adapters.Embedded.DeliveryStream;

namespace DataToEvents.Local.Hosting;

/// <summary>Where the laptop differs from AWS's defaults: people wait for it.</summary>
internal static class LocalSettings
{
    public const string DeliveryStreamName = "data-events-stream";

    /// <summary>SQS: at least 5 receives before a message is given up (facts.md, section 2).</summary>
    public const int MaxReceives = 5;

    public static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(30);

    /// <summary>When messages that EventStorer reported as failed come back.</summary>
    public static readonly TimeSpan FailedVisibility = TimeSpan.FromMilliseconds(500);

    /// <summary>Retries of a change that cannot be published before it goes to the on-failure destination.</summary>
    public const int StreamRetries = 3;

    public const int StreamLanes = 4;

    /// <summary>A tenth of a second instead of a minute, and seconds instead of minutes for the lake.</summary>
    public static DeliveryStreamOptions DeliveryStream { get; } = new()
    {
        Name = DeliveryStreamName,
        Transform = new BufferingHints(512 * 1024, TimeSpan.FromMilliseconds(100)),
        Lake = new BufferingHints(5 * 1024 * 1024, TimeSpan.FromSeconds(5)),
        RetryDelay = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>Patience for a consumer that fails for about a minute.</summary>
    public static RuleOptions Rule { get; } = new("data-inserted")
    {
        Pattern = """{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""",
        MaximumRetryAttempts = 10,
        FirstBackOff = TimeSpan.FromMilliseconds(100),
    };
}
