namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>What a delivery stream holds now, and what it did since it was opened.</summary>
public sealed record DeliveryStreamStats
{
    /// <summary>Records accepted and not yet transformed, those in the function included.</summary>
    public required long BufferedRecords { get; init; }

    public required long BufferedBytes { get; init; }

    /// <summary>How long the oldest buffered record has waited.</summary>
    public required TimeSpan OldestAge { get; init; }

    public required long Accepted { get; init; }

    /// <summary>Records refused because the buffer was full.</summary>
    public required long Refused { get; init; }

    public required long Invocations { get; init; }

    public required long Retries { get; init; }

    /// <summary>Records that the function called Ok.</summary>
    public required long Transformed { get; init; }

    public required long Dropped { get; init; }

    /// <summary>Records that went to the processing-failed objects, by Firehose's error code.</summary>
    public required IReadOnlyDictionary<string, long> Failed { get; init; }

    /// <summary>Lines in lake objects; those still buffered for the next object are not counted.</summary>
    public required long LakeLines { get; init; }

    /// <summary>Lines that an earlier run had transformed and not yet given to the lake.</summary>
    public required long RestoredLakeLines { get; init; }

    public required long LakeObjects { get; init; }

    public required long ErrorObjects { get; init; }
}
