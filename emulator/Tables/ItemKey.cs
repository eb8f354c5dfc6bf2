namespace DataToEvents.Emulator.Tables;

/// <summary>An item's primary key.</summary>
public readonly record struct ItemKey(string Partition, string Sort)
{
    /// <summary>Keys up to this length need no array for their hash.</summary>
    private const int FewBytes = 512;

    // FNV-1a: the same number in every process, because lanes of mappings and segments of scans have to stay the same across restarts.
    internal static uint Hash(string partition, string sort = "")
    {
        var longest = Encoding.UTF8.GetMaxByteCount(partition.Length + sort.Length);
        Span<byte> keys = longest <= FewBytes ? stackalloc byte[FewBytes] : new byte[longest];
        var length = Encoding.UTF8.GetBytes(partition, keys);
        length += Encoding.UTF8.GetBytes(sort, keys[length..]);
        var hash = 2166136261;
        foreach (var one in keys[..length])
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash;
    }

    /// <summary>The item's place in the table's space of keys. Items of a partition key are neighbours, and a shard holds a range of places.</summary>
    internal static ulong Place(string partition, string sort) => ((ulong)Spread(Hash(partition)) << 32) | Spread(Hash(partition, sort));

    // A short key changes only some bits of FNV-1a, and a range is found by the upper ones. This is the last step of MurmurHash3.
    private static uint Spread(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
