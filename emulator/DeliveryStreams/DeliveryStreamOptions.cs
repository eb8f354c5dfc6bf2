namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>The settings of a delivery stream. Sizes are in bytes. The defaults are Firehose's.</summary>
public sealed record DeliveryStreamOptions
{
    public required string Name { get; init; }

    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:firehose:{Region}:{AccountId}:deliverystream/{Name}";

    /// <summary>When to invoke the function: 1 MB or 60 s, whichever is first.</summary>
    public BufferingHints Transform { get; init; } = new(1024 * 1024, TimeSpan.FromSeconds(60));

    /// <summary>
    /// The largest number of records in an invocation. Firehose has no such limit: a batch ends when the buffer or Lambda's request of 6 MB is full, and
    /// the function has to keep its response under 6 MB itself.
    /// </summary>
    public int MaxRecordsPerInvocation { get; init; } = int.MaxValue;

    /// <summary>
    /// How many invocations run at once. Firehose runs up to 5 for each shard and so promises no order between batches. With 1 the function
    /// gets the records in order of arrival; with more, only the lake has them in that order.
    /// </summary>
    public int ConcurrentInvocations { get; init; } = 1;

    /// <summary>Firehose's NumberOfRetries: how often a failed invocation is repeated before its batch is skipped.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When to write an object: 5 MB (before compression) or 300 s, whichever is first.</summary>
    public BufferingHints Lake { get; init; } = new(5 * 1024 * 1024, TimeSpan.FromSeconds(300));

    /// <summary>The prefix of the objects' keys, see <see cref="ObjectPrefix"/>.</summary>
    public string Prefix { get; init; } =
        "lake/events/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

    /// <summary>The prefix of the objects with records that could not be transformed, see <see cref="ObjectPrefix"/>.</summary>
    public string ErrorOutputPrefix { get; init; } = "lake/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/";

    public string FileExtension { get; init; } = ".json.gz";

    /// <summary>Firehose's AppendDelimiterToRecord: ends each transformed record with a line feed of its own.</summary>
    public bool AppendDelimiter { get; init; }

    /// <summary>How many accepted bytes may wait to be transformed. Above this, records are refused with ServiceUnavailableException.</summary>
    public long MaxBufferedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many accepted records may wait to be transformed. Above this, records are refused with ServiceUnavailableException.</summary>
    public long MaxBufferedRecords { get; init; } = 100_000;

    /// <summary>How many bytes of the buffer stay in memory. The rest is read back from disk.</summary>
    public long ResidentBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>A buffer is passed on when it holds this many bytes or its oldest record has waited this long.</summary>
public readonly record struct BufferingHints(long SizeInBytes, TimeSpan Interval);
