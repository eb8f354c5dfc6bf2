namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>An event source mapping of a table's stream; the defaults are Lambda's, except that partial answers are read.</summary>
public sealed record StreamSourceOptions
{
    /// <summary>Names the mapping: its checkpoints are kept under it.</summary>
    public required string Name { get; init; }

    public int BatchSize { get; init; } = 100;

    /// <summary>How long to wait for a batch to fill; zero for not at all.</summary>
    public TimeSpan BatchingWindow { get; init; }

    /// <summary>Lanes: batches in parallel, of different partition keys.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>Retries of a batch that fails; -1 for ever.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Age at which a record is given up; null never.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>Halve a batch that fails, without using up its retries.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>Which records the function is invoked for; the others are passed over. Null takes all.</summary>
    public Func<ChangeRecord, bool>? Filter { get; init; }

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Records that one lane holds in memory; further ones it reads back from disk when their turn comes.</summary>
    public int MaxHeldRecords { get; init; } = 2_000;

    /// <summary>Checkpoints belong to lanes, and another number of lanes deals the keys anew: it starts from the oldest record.</summary>
    internal string Reader => $"{Name}, {ParallelizationFactor} lanes";

    internal void Validate()
    {
        // facts.md, section 3: stream event source mappings.
        Require(BatchSize is >= 1 and <= 10_000, nameof(BatchSize), "1 to 10000");
        Require(BatchingWindow >= TimeSpan.Zero && BatchingWindow <= TimeSpan.FromSeconds(300), nameof(BatchingWindow), "0 to 300 s");
        Require(ParallelizationFactor is >= 1 and <= 10, nameof(ParallelizationFactor), "1 to 10");
        Require(MaximumRetryAttempts is >= -1 and <= 10_000, nameof(MaximumRetryAttempts), "-1 to 10000");
    }

    private static void Require(bool holds, string name, string allowed)
    {
        if (!holds)
        {
            throw new TableException("InvalidParameterValueException", $"{name} must be {allowed}.");
        }
    }
}
