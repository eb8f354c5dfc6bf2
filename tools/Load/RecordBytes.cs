namespace DataToEvents.Load;

/// <summary>A record's bytes in the form that the AWS SDK takes.</summary>
public static class RecordBytes
{
    /// <summary>Reads the bytes where they are, without a copy, if they are those of an array.</summary>
    public static MemoryStream AsStream(this ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
