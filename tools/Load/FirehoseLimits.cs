namespace DataToEvents.Load;

/// <summary>Amazon Data Firehose quotas, as its API reference and limits page state them; sizes are before base64.</summary>
public static class FirehoseLimits
{
    /// <summary>1,000 KiB.</summary>
    public const int MaxRecordBytes = 1_024_000;

    public const int MaxBatchRecords = 500;

    /// <summary>4 MiB.</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;
}
