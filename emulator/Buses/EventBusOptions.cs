namespace DataToEvents.Emulator.Buses;

/// <summary>The settings of a bus. The defaults are EventBridge's.</summary>
public sealed record EventBusOptions(string Name)
{
    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:events:{Region}:{AccountId}:event-bus/{Name}";

    /// <summary>The ARN of a rule. On the default bus it does not name the bus (recorded on AWS).</summary>
    public string RuleArn(string rule) => $"arn:aws:events:{Region}:{AccountId}:rule/{(Name == "default" ? rule : $"{Name}/{rule}")}";

    /// <summary>The ARN of an archive.</summary>
    public string ArchiveArn(string archive) => $"arn:aws:events:{Region}:{AccountId}:archive/{archive}";

    public int MaxRequestBytes { get; init; } = BusLimits.MaxRequestBytes;

    /// <summary>How many deliveries run at once, over all rules.</summary>
    public int MaxDeliveries { get; init; } = 256;

    /// <summary>How many PutEvents calls may wait for a retry. Beyond that, new events wait on disk. Each call takes about a kilobyte of memory.</summary>
    public int MaxUnsettledCalls { get; init; } = 100_000;

    /// <summary>How many bytes of undelivered events stay in memory. The rest waits on disk.</summary>
    public long ResidentBytes { get; init; } = 32 * 1024 * 1024;
}

/// <summary>A rule with its one target.</summary>
public sealed record RuleOptions(string Name)
{
    /// <summary>The event pattern, as JSON.</summary>
    public required string Pattern { get; init; }

    /// <summary>The ARN of the target; null for the function's own.</summary>
    public string? TargetArn { get; init; }

    /// <summary>Makes what the target gets of an event and the time at which the bus took it; null: the event itself.</summary>
    internal Func<ReadOnlyMemory<byte>, DateTimeOffset, ReadOnlyMemory<byte>>? Input { get; init; }

    /// <summary>Whether a client of EventBridge made it, and not the program.</summary>
    internal bool IsOfClient { get; init; }

    public int MaximumRetryAttempts { get; init; } = BusLimits.MaxRetryAttempts;

    public TimeSpan MaximumEventAge { get; init; } = BusLimits.MaxEventAge;

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);
}
