using System.Text;

namespace DataToEvents.Emulator.Tables;

public enum ChangeKind
{
    Insert,
    Modify,
    Remove,
}

/// <summary>One change of one item, as the table's stream tells it.</summary>
public sealed class ChangeRecord
{
    internal ChangeRecord(long sequence, ChangeKind kind, string partitionKey, string sortKey)
    {
        (Sequence, Kind, PartitionKey, SortKey) = (sequence, kind, partitionKey, sortKey);
        ItemHash = Hash(partitionKey, sortKey);
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

    /// <summary>In DynamoDB's JSON; empty after a removal.</summary>
    public ReadOnlyMemory<byte> NewImage { get; internal init; }

    /// <summary>In DynamoDB's JSON; empty before an insertion.</summary>
    public ReadOnlyMemory<byte> OldImage { get; internal init; }

    /// <summary>Removed because the item's time to live was over.</summary>
    public bool ByTimeToLive { get; internal init; }

    /// <summary>21 digits, increasing within the table.</summary>
    public string SequenceNumber => FormatSequence(Sequence);

    internal long Sequence { get; }

    internal long CreatedMs { get; init; }

    /// <summary>Of partition and sort key: an item's changes are all in one lane.</summary>
    internal uint ItemHash { get; }

    internal int ImageBytes => NewImage.Length + OldImage.Length;

    // Without leading zeros, like DynamoDB's, so that consumers may compare them as text or as numbers.
    internal static string FormatSequence(long sequence) => "1" + sequence.ToString("D20", null);

    // FNV-1a: lanes have to stay the same across restarts.
    private static uint Hash(string partitionKey, string sortKey)
    {
        var hash = 2166136261;
        Span<byte> keys = stackalloc byte[TableLimits.MaxPartitionKeyBytes + TableLimits.MaxSortKeyBytes];
        var length = Encoding.UTF8.GetBytes(partitionKey, keys);
        length += Encoding.UTF8.GetBytes(sortKey, keys[length..]);
        foreach (var one in keys[..length])
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash;
    }
}
