namespace DataToEvents.Emulator.Buses;

/// <summary>EventBridge's limits (facts.md, section 4).</summary>
public static class BusLimits
{
    public const int MaxEntries = 10;

    /// <summary>Of a PutEvents call, by EventBridge's own rule of counting.</summary>
    public const int MaxRequestBytes = 1_048_576;

    public const int MaxDetailTypeLength = 128;

    public const int MaxNestedLevels = 1_000;

    /// <summary>What an entry's Time counts for.</summary>
    public const int TimeBytes = 14;

    public const int MaxRetryAttempts = 185;

    public static readonly TimeSpan MaxEventAge = TimeSpan.FromHours(24);
}
