namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The settings of an event source mapping from a table's stream to a function, with Lambda's names. It starts at TRIM_HORIZON.</summary>
public sealed record StreamEventSourceOptions
{
    /// <summary>The mapping's id, a UUID on Lambda. Checkpoints are kept under it, so it must be unique in the database.</summary>
    public required string Id { get; init; }

    public string FunctionArn { get; init; } = "arn:aws:lambda:us-east-1:000000000000:function:function";

    /// <summary>1 to 10,000 records.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long a batch waits for more records after its first one: 0 to 300 seconds.</summary>
    public TimeSpan MaximumBatchingWindow { get; init; }

    /// <summary>
    /// 1 to 10 lanes. Changes of one item (partition and sort key) keep their order with any number of lanes. Changes of different items with
    /// the same partition key keep it only with a single lane.
    /// </summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>-1: until the records expire.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Null: no limit; -1 on Lambda.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>Splits a batch that failed in two, until the record that fails is alone. This uses up no retries.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>
    /// Whether a batch is also split in two when the response names its first record. Lambda's documents leave it open: "the batch is bisected at the returned
    /// sequence number, and Lambda retries only the remaining records", which are then all of them. False: the batch is retried whole.
    /// </summary>
    public bool BisectsAtFirstRecord { get; init; } = true;

    /// <summary>
    /// How many changes may be left together when a batch is not halved any more. One in the usual reading; AWS's text of BisectBatchOnFunctionError says that the
    /// batch size in an on-failure object "could be greater than 1" (AWS CloudFormation, "AWS::Lambda::EventSourceMapping").
    /// </summary>
    public int SmallestPiece { get; init; } = 1;

    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>Lambda's filter criteria: changes that it refuses are skipped. Null: no change is skipped.</summary>
    public Func<ChangeRecord, bool>? Filter { get; init; }

    /// <summary>The pause after the first failed invocation; it doubles with each further one.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause after a failed invocation.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        if (BatchSize is < 1 or > 10_000 || ParallelizationFactor is < 1 or > 10 || MaximumRetryAttempts is < -1 or > 10_000
            || MaximumBatchingWindow < TimeSpan.Zero || MaximumBatchingWindow > TimeSpan.FromSeconds(300)
            || (MaximumRecordAge is { } age && (age < TimeSpan.FromSeconds(60) || age > TimeSpan.FromSeconds(604_800))))
        {
            throw new ServiceException("InvalidParameterValueException", "Out of range: BatchSize 1-10000, MaximumBatchingWindowInSeconds 0-300, ParallelizationFactor 1-10, MaximumRetryAttempts -1-10000, MaximumRecordAgeInSeconds -1 or 60-604800.");
        }
    }
}
