using System.IO.Compression;

namespace DataToEvents.Domain.Unpacking;

/// <summary>gzip (RFC 1952), one member in a record.</summary>
public sealed class GzipUnpacker : IUnpacker
{
    private const int LengthBytes = 4;

    /// <summary>Header, the shortest content, checksum and length.</summary>
    private const int LeastBytes = 20;

    /// <inheritdoc/>
    public string Name => "gzip";

    private static ReadOnlySpan<byte> Deflate => [0x1F, 0x8B, 0x08];

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> record) => record.StartsWith(Deflate);

    /// <inheritdoc/>
    public void Unpack(ReadOnlyMemory<byte> record, PooledBytes unpacked, int limit)
    {
        using (var stream = new GZipStream(PackedRecord.Open(record), CompressionMode.Decompress))
        {
            unpacked.ReadFrom(stream, limit);
        }

        // .NET reads a cut off stream to its end without a word. The last four bytes are the length (RFC 1952, 2.3.1).
        if (record.Length < LeastBytes || (unpacked.Length <= limit && BinaryPrimitives.ReadUInt32LittleEndian(record.Span[^LengthBytes..]) != (uint)unpacked.Length))
        {
            throw new InvalidDataException("The length at its end is another: it is cut off, or something follows it, such as a second gzip member.");
        }
    }
}
