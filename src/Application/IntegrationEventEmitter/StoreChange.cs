namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>A change record of the store's stream.</summary>
/// <param name="SequenceNumber">Its place in the change stream; the checkpoint's unit.</param>
/// <param name="Kind">Whether the item was inserted, modified or removed.</param>
/// <param name="Stream">The item's partition key.</param>
/// <param name="Envelope">The stored envelope, UTF-8: the new one, or of a removed item the old one. Null when the item has none.</param>
/// <param name="StreamSequence">The queue's sequence number that was stored with it, or null.</param>
/// <param name="Resources">Names of the table that changed and of its change stream.</param>
public sealed record StoreChange(
    string SequenceNumber, StoreChangeKind Kind, string Stream, ReadOnlyMemory<byte>? Envelope, string? StreamSequence, IReadOnlyList<string> Resources);

public enum StoreChangeKind
{
    Inserted,
    Modified,
    Removed,

    /// <summary>Removed by the store itself because its time to live was over.</summary>
    Expired,
}
