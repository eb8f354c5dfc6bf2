using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Local.Hosting;

/// <summary>Settings that differ from AWS's defaults, because a person waits for the result.</summary>
internal static class LocalSettings
{
    /// <summary>When messages that EventStorer reported as failed come back.</summary>
    public static readonly TimeSpan FailedVisibility = TimeSpan.FromMilliseconds(500);

    /// <summary>Retries of a change that cannot be published before it goes to the on-failure destination.</summary>
    public const int StreamRetries = 3;

    /// <summary>The queue depth at which the Transformer waits, because EventStorer has enough to do.</summary>
    public const int LongQueue = 4_000;

    /// <summary>Terraform's default (<c>lake.transform_buffer_megabytes</c>): 0.2 MB.</summary>
    private const long TransformBufferBytes = 1024 * 1024 / 5;

    /// <summary>A tenth of a second instead of a minute, and seconds instead of minutes for the lake.</summary>
    public static DeliveryStreamOptions DeliveryStream { get; } = new()
    {
        Name = Names.Stream,
        Transform = new BufferingHints(TransformBufferBytes, TimeSpan.FromMilliseconds(100)),
        Lake = new BufferingHints(5 * 1024 * 1024, TimeSpan.FromSeconds(5)),
        RetryDelay = TimeSpan.FromMilliseconds(200),
        MaxBufferedRecords = 20_000,
        MaxBufferedBytes = 16 * 1024 * 1024,
    };
}
