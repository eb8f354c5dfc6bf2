namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Counts of a delivery stream: its contents now, and its work since it was opened.</summary>
public sealed record DeliveryStreamStats
{
    /// <summary>Records accepted and not yet transformed, those in the function included.</summary>
    public long BufferedRecords { get; init; }

    public long BufferedBytes { get; init; }

    /// <summary>How long the oldest buffered record has waited.</summary>
    public TimeSpan OldestAge { get; init; }

    public long Accepted { get; init; }

    /// <summary>Records refused because the buffer was full.</summary>
    public long Refused { get; init; }

    public long Invocations { get; init; }

    public long Retries { get; init; }

    /// <summary>Records that the function called Ok.</summary>
    public long Transformed { get; init; }

    public long Dropped { get; init; }

    /// <summary>Records that went to the processing-failed objects, by Firehose's error code.</summary>
    public IReadOnlyDictionary<string, long> Failed { get; init; } = new Dictionary<string, long>();

    /// <summary>Lines in lake objects; those still buffered for the next object are not counted.</summary>
    public long LakeLines { get; init; }

    /// <summary>Lines that an earlier run had transformed and not yet given to the lake.</summary>
    public long RestoredLakeLines { get; init; }

    public long LakeObjects { get; init; }

    public long ErrorObjects { get; init; }
}
