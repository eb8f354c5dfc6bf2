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
    internal ChangeRecord(long sequence, ChangeKind kind, string partitionKey, string sortKey) =>
        (Sequence, Kind, PartitionKey, SortKey) = (sequence, kind, partitionKey, sortKey);

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
    internal ulong Place => ItemKey.Place(PartitionKey, SortKey);

    /// <summary>A hash of partition and sort key, so that all changes of an item are in one lane of a mapping.</summary>
    internal uint ItemHash => ItemKey.Hash(PartitionKey, SortKey);

    internal int ImageBytes => NewImage.Length + OldImage.Length;

    // DynamoDB writes it without leading zeros.
    internal static string FormatSequence(long sequence) => "1" + sequence.ToString("D20", null);
}
