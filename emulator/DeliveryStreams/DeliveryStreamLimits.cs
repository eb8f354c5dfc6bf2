namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Firehose's limits that no quota request moves.</summary>
public static class DeliveryStreamLimits
{
    /// <summary>PutRecordBatch: records a call.</summary>
    public const int MaxRecordsPerCall = 500;

    /// <summary>PutRecordBatch: bytes a call, before base64.</summary>
    public const int MaxBytesPerCall = 4 * 1024 * 1024;

    /// <summary>Bytes a record (1,000 KiB), before base64.</summary>
    public const int MaxRecordBytes = 1_024_000;

    /// <summary>Lambda: bytes of a synchronous request and of its answer.</summary>
    public const int MaxInvocationBytes = 6 * 1024 * 1024;
}
