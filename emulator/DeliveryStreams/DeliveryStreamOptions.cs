namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>How a delivery stream is set up. Sizes in bytes; the defaults are Firehose's.</summary>
public sealed record DeliveryStreamOptions
{
    public required string Name { get; init; }

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:firehose:{Region}:{AccountId}:deliverystream/{Name}";

    /// <summary>When to invoke the function: 1 MB or 60 s, whichever is first.</summary>
    public BufferingHints Transform { get; init; } = new(1024 * 1024, TimeSpan.FromSeconds(60));

    /// <summary>
    /// Records an invocation at most. Firehose has no such limit: how many records fill a buffer, or a request of Lambda's 6 MB, is a matter of their size,
    /// and a function has to keep its answer under 6 MB itself.
    /// </summary>
    public int MaxRecordsPerInvocation { get; init; } = int.MaxValue;

    /// <summary>
    /// Invocations at once. Firehose keeps up to 5 in flight a shard, so it promises no order between batches. With 1 the function
    /// sees the records in order of arrival; with more only the lake still has them in that order.
    /// </summary>
    public int ConcurrentInvocations { get; init; } = 1;

    /// <summary>Firehose's NumberOfRetries: how often a failed invocation is repeated before its batch is skipped.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When to write an object: 5 MB (before compression) or 300 s, whichever is first.</summary>
    public BufferingHints Lake { get; init; } = new(5 * 1024 * 1024, TimeSpan.FromSeconds(300));

    /// <summary>Where objects go, see <see cref="ObjectPrefix"/>.</summary>
    public string Prefix { get; init; } =
        "lake/events/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

    /// <summary>Where records go that were not transformed, see <see cref="ObjectPrefix"/>.</summary>
    public string ErrorOutputPrefix { get; init; } = "lake/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/";

    public string FileExtension { get; init; } = ".json.gz";

    /// <summary>Firehose's AppendDelimiterToRecord: ends each transformed record with a line feed of its own.</summary>
    public bool AppendDelimiter { get; init; }

    /// <summary>Accepted and not yet transformed bytes, above which records are refused with ServiceUnavailableException.</summary>
    public long MaxBufferedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Accepted and not yet transformed records, above which records are refused with ServiceUnavailableException.</summary>
    public long MaxBufferedRecords { get; init; } = 100_000;

    /// <summary>How much of the buffer stays in memory; the rest is read back from disk.</summary>
    public long ResidentBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>A buffer is passed on when it holds so much or its oldest record has waited so long.</summary>
public readonly record struct BufferingHints(long SizeInBytes, TimeSpan Interval);
