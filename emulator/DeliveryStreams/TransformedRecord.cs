namespace DataToEvents.Emulator.DeliveryStreams;

internal enum TransformStatus
{
    Missing,
    Ok,
    Dropped,
    ProcessingFailed,
    Duplicated,
    Malformed,
}

/// <summary>What the function said of one record; for Ok, where its decoded data lies.</summary>
internal readonly record struct TransformedRecord(TransformStatus Status, int Start = 0, int Length = 0);
