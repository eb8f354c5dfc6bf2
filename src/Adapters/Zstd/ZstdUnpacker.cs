using DataToEvents.Domain.Unpacking;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace DataToEvents.Adapters.Zstd;

/// <summary>Zstandard (RFC 8878).</summary>
public sealed class ZstdUnpacker : IUnpacker
{
    /// <summary>A frame says how much memory its reader needs; 8 MB are what RFC 8878 recommends to support (3.1.1.1.2), and compressors use by default.</summary>
    private const int MaxWindowLog = 23;

    /// <inheritdoc/>
    public string Name => "zstd";

    private static ReadOnlySpan<byte> Magic => [0x28, 0xB5, 0x2F, 0xFD];

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> record) => record.StartsWith(Magic);

    /// <inheritdoc/>
    public void Unpack(ReadOnlyMemory<byte> record, PooledBytes unpacked, int limit)
    {
        try
        {
            using var stream = new DecompressionStream(PackedRecord.Open(record));
            stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
            unpacked.ReadFrom(stream, limit);
        }
        catch (Exception fault) when (fault is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
