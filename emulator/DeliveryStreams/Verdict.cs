namespace DataToEvents.Emulator.DeliveryStreams;

internal enum VerdictKind
{
    Missing,
    Ok,
    Dropped,
    ProcessingFailed,
    Duplicated,
    Malformed,
}

/// <summary>What the function said of one record; for Ok, where its decoded data lies.</summary>
internal readonly record struct Verdict(VerdictKind Kind, int Start = 0, int Length = 0);
