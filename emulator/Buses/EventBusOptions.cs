namespace DataToEvents.Emulator.Buses;

/// <summary>How a bus is set up; the defaults are EventBridge's.</summary>
public sealed record EventBusOptions(string Name)
{
    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    public string Arn => $"arn:aws:events:{Region}:{AccountId}:event-bus/{Name}";

    public int MaxRequestBytes { get; init; } = BusLimits.MaxRequestBytes;

    /// <summary>Deliveries at once, over all rules.</summary>
    public int MaxDeliveries { get; init; } = 256;

    /// <summary>Calls that wait for a retry, at most; new events then wait on disk. Each takes about a kilobyte of memory.</summary>
    public int MaxUnsettledCalls { get; init; } = 100_000;

    /// <summary>Bytes of undelivered events that are held in memory; the rest waits on disk.</summary>
    public long ResidentBytes { get; init; } = 32 * 1024 * 1024;
}

/// <summary>A rule with its one target.</summary>
public sealed record RuleOptions(string Name)
{
    /// <summary>EventBridge's event pattern, JSON.</summary>
    public required string Pattern { get; init; }

    /// <summary>Null: the function's.</summary>
    public string? TargetArn { get; init; }

    public int MaximumRetryAttempts { get; init; } = BusLimits.MaxRetryAttempts;

    public TimeSpan MaximumEventAge { get; init; } = BusLimits.MaxEventAge;

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);
}
