using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Settings of an event source mapping from a table's stream to a function, with Lambda's names; it starts at TRIM_HORIZON.</summary>
public sealed record StreamEventSourceOptions
{
    /// <summary>Unique in the database: the checkpoints are kept under it. Lambda's UUID of the mapping.</summary>
    public required string Id { get; init; }

    public string FunctionArn { get; init; } = "arn:aws:lambda:us-east-1:000000000000:function:function";

    /// <summary>1 to 10,000 records.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long a batch waits for more records after its first one; 0 to 300 s.</summary>
    public TimeSpan MaximumBatchingWindow { get; init; }

    /// <summary>
    /// 1 to 10 lanes. The changes of one item (partition and sort key) keep their order in any number of lanes; the items of one
    /// partition key keep theirs only in a single lane.
    /// </summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>-1: for as long as the records live.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Null: no limit. Lambda's -1.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>Halves a batch that failed, until the record that fails is alone; that uses up no retries.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>Lambda's filter criteria: what it does not want is passed over. Null: everything is wanted.</summary>
    public Func<ChangeRecord, bool>? Filter { get; init; }

    /// <summary>The pause after a failed invocation doubles from this ...</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>... to this.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        if (BatchSize is < 1 or > 10_000 || ParallelizationFactor is < 1 or > 10 || MaximumRetryAttempts is < -1 or > 10_000
            || MaximumBatchingWindow < TimeSpan.Zero || MaximumBatchingWindow > TimeSpan.FromSeconds(300)
            || (MaximumRecordAge is { } age && (age < TimeSpan.FromSeconds(60) || age > TimeSpan.FromSeconds(604_800))))
        {
            throw new TableException("InvalidParameterValueException", "Out of range: BatchSize 1-10000, MaximumBatchingWindowInSeconds 0-300, ParallelizationFactor 1-10, MaximumRetryAttempts -1-10000, MaximumRecordAgeInSeconds -1 or 60-604800.");
        }
    }
}
