namespace DataToEvents.Load.Records;

/// <summary>The two spellings of an event's id that producers are fond of; both sort by time.</summary>
public static class ProducerId
{
    /// <summary>26 characters. Returns how many bytes were written.</summary>
    public static int Ulid(UInt128 bits, Span<byte> utf8)
    {
        Domain.Ulid.Write(bits, utf8);
        return Domain.Ulid.Length;
    }

    /// <summary>36 characters: a version 7 UUID (RFC 9562), whose first 48 bits are the time as well.</summary>
    public static int Uuid7(UInt128 bits, Span<byte> utf8)
    {
        var high = ((ulong)(bits >> 64) & ~0xF000UL) | 0x7000;
        var low = ((ulong)bits >> 2) | 0x8000_0000_0000_0000;
        Utf8.TryWrite(utf8, CultureInfo.InvariantCulture,
            $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFF_FFFF_FFFF:x12}", out var written);
        return written;
    }
}
