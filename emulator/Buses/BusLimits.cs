namespace DataToEvents.Emulator.Buses;

/// <summary>EventBridge's limits. Source: Amazon EventBridge User Guide, "Amazon EventBridge quotas" and "Calculating Amazon EventBridge PutEvents event entry size".</summary>
public static class BusLimits
{
    public const int MaxEntries = 10;

    /// <summary>The size of a PutEvents call, see <see cref="BusEntry.Size"/>.</summary>
    public const int MaxRequestBytes = 1_048_576;

    public const int MaxDetailTypeLength = 128;

    public const int MaxNestedLevels = 1_000;

    /// <summary>The bytes that an entry's Time counts for.</summary>
    public const int TimeBytes = 14;

    /// <summary>Replays that are starting or running. Source: Amazon EventBridge User Guide, "Amazon EventBridge quotas"; it was also recorded on AWS.</summary>
    public const int MaxActiveReplays = 10;

    public const int MaxRetryAttempts = 185;

    public static readonly TimeSpan MaxEventAge = TimeSpan.FromHours(24);
}
