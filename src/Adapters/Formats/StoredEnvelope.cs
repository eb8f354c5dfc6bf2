using System.IO.Compression;

namespace DataToEvents.Adapters.Formats;

/// <summary>
/// The form in which an item holds an envelope: as text, or compressed (gzip, RFC 1952) if that saves a write unit. The type of
/// <see cref="EventItem.Envelope"/> tells which: a string is the text, binary is compressed.
/// </summary>
public static class StoredEnvelope
{
    /// <summary>DynamoDB: an item costs a write unit for each 1,024 bytes that it begins.</summary>
    public const int WriteUnitBytes = 1_024;

    /// <summary>DynamoDB: bytes of an item. A larger item is not compressed: whether it is refused must not depend on how well it compresses.</summary>
    public const int MaxItemBytes = 409_600;

    /// <param name="envelope">UTF-8.</param>
    /// <param name="otherBytes">Bytes that DynamoDB counts for the rest of the item, names included.</param>
    /// <returns>Null when the text costs no more.</returns>
    public static byte[]? Compress(ReadOnlySpan<byte> envelope, int otherBytes)
    {
        var plain = envelope.Length + otherBytes;
        if (WriteUnits(plain) <= WriteUnits(otherBytes + 1) || plain > MaxItemBytes)
        {
            return null;
        }

        var compressed = new MemoryStream(envelope.Length / 2);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(envelope);
        }

        return WriteUnits(otherBytes + (int)compressed.Length) < WriteUnits(plain) ? compressed.ToArray() : null;
    }

    /// <returns>The envelope; null when the bytes are no compressed envelope.</returns>
    public static byte[]? Decompress(Stream compressed)
    {
        var buffer = PooledArrays.Rent(MaxItemBytes);
        try
        {
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            var length = gzip.ReadAtLeast(buffer.AsSpan(0, MaxItemBytes), MaxItemBytes, throwOnEndOfStream: false);
            return length > 0 && gzip.ReadByte() < 0 ? buffer.AsSpan(0, length).ToArray() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
        finally
        {
            PooledArrays.Return(buffer);
        }
    }

    /// <summary>Write units of an item of so many bytes.</summary>
    public static int WriteUnits(int bytes) => (bytes + WriteUnitBytes - 1) / WriteUnitBytes;
}
