namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>The result that the function returned for a record, or what was wrong with it.</summary>
internal enum TransformStatus
{
    Missing,
    Ok,
    Dropped,
    ProcessingFailed,
    Duplicated,
    Malformed,
}

/// <summary>The function's result for one record and, for Ok, where its decoded data is in the batch's buffer.</summary>
internal readonly record struct TransformedRecord(TransformStatus Status, int Start = 0, int Length = 0);
