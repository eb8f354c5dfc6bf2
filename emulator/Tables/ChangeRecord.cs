namespace DataToEvents.Emulator.Tables;

public enum ChangeKind
{
    Insert,
    Modify,
    Remove,
}

/// <summary>One change of one item: a record of the table's stream.</summary>
public sealed class ChangeRecord
{
    internal ChangeRecord(long sequence, ChangeKind kind, string partitionKey, string sortKey)
    {
        (Sequence, Kind, PartitionKey, SortKey) = (sequence, kind, partitionKey, sortKey);
        (Place, ItemHash) = PlaceOf(partitionKey, sortKey);
    }

    public ChangeKind Kind { get; }

    /// <summary>INSERT, MODIFY or REMOVE.</summary>
    public string EventName => Kind switch
    {
        ChangeKind.Insert => "INSERT",
        ChangeKind.Modify => "MODIFY",
        _ => "REMOVE",
    };

    public string PartitionKey { get; }

    public string SortKey { get; }

    /// <summary>The item after the change, in DynamoDB's JSON; empty for a removal.</summary>
    public ReadOnlyMemory<byte> NewImage { get; internal init; }

    /// <summary>The item before the change, in DynamoDB's JSON; empty for an insertion.</summary>
    public ReadOnlyMemory<byte> OldImage { get; internal init; }

    /// <summary>Whether the item was removed because its time to live was over.</summary>
    public bool ByTimeToLive { get; internal init; }

    /// <summary>A number of 21 digits that increases within the table.</summary>
    public string SequenceNumber => FormatSequence(Sequence);

    internal long Sequence { get; }

    internal long CreatedMs { get; init; }

    /// <summary>
    /// Where the item lies: a hash of the partition key in the upper half, of both keys in the lower one. Shards hold ranges of places, so a split divides the items of one
    /// partition key only if it falls between them.
    /// </summary>
    internal ulong Place { get; }

    /// <summary>A hash of partition and sort key, so that all changes of an item are in one lane of a mapping.</summary>
    internal uint ItemHash { get; }

    internal int ImageBytes => NewImage.Length + OldImage.Length;

    // DynamoDB writes it without leading zeros.
    internal static string FormatSequence(long sequence) => "1" + sequence.ToString("D20", null);

    // FNV-1a, because lanes have to stay the same across restarts.
    internal static (ulong Place, uint ItemHash) PlaceOf(string partitionKey, string sortKey)
    {
        Span<byte> keys = stackalloc byte[TableLimits.MaxPartitionKeyBytes];
        var length = Encoding.UTF8.GetBytes(partitionKey, keys);
        var partition = Hash(2166136261, keys[..length]);
        var sort = Encoding.UTF8.GetBytes(sortKey, keys);
        var item = Hash(partition, keys[..sort]);
        return (((ulong)Spread(partition) << 32) | Spread(item), item);
    }

    // A short key changes only some bits of FNV-1a, and a range is told by the upper ones. This is the last step of MurmurHash3.
    private static uint Spread(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Hash(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash;
    }
}
