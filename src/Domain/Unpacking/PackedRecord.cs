namespace DataToEvents.Domain.Unpacking;

/// <summary>Records as streams, for those who unpack them.</summary>
public static class PackedRecord
{
    private const int ReadBytes = 32 * 1024;

    public static Stream Open(ReadOnlyMemory<byte> record) => MemoryMarshal.TryGetArray(record, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(record.ToArray(), writable: false);

    /// <summary>Appends a stream until its end, or until there are more than <paramref name="limit"/> bytes.</summary>
    public static void ReadFrom(this PooledBytes bytes, Stream stream, int limit)
    {
        while (bytes.Length <= limit && stream.Read(bytes.GetSpan(ReadBytes)) is > 0 and var read)
        {
            bytes.Advance(read);
        }
    }
}
