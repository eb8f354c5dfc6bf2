namespace DataToEvents.Emulator.Tables;

/// <summary>An item's primary key.</summary>
public readonly record struct ItemKey(string Partition, string Sort)
{
    // FNV-1a: the same number in every process, because lanes of mappings and segments of scans have to stay the same across restarts.
    internal static uint Hash(string partition, string sort = "")
    {
        var hash = 2166136261;
        Span<byte> keys = stackalloc byte[TableLimits.MaxPartitionKeyBytes + TableLimits.MaxSortKeyBytes];
        var length = Encoding.UTF8.GetBytes(partition, keys);
        length += Encoding.UTF8.GetBytes(sort, keys[length..]);
        foreach (var one in keys[..length])
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash;
    }
}
