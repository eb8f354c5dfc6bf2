namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>What a conditional put came to: inserted, or refused with the item that is there, or refused as malformed.</summary>
public readonly record struct PutOutcome(ReadOnlyMemory<byte>? Existing, string? Fault)
{
    public bool Inserted => Existing is null && Fault is null;
}
