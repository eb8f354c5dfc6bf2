namespace DataToEvents.Domain;

/// <summary>Text form of a ULID (github.com/ulid/spec): 48 bits of epoch milliseconds and 80 bits that tell ids of the same millisecond apart.</summary>
public static class Ulid
{
    /// <summary>Characters of a ULID; each is one byte of UTF-8.</summary>
    public const int Length = 26;

    private static ReadOnlySpan<byte> CrockfordBase32 => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    /// <summary>Writes <see cref="Length"/> bytes of UTF-8.</summary>
    public static void Write(UInt128 value, Span<byte> utf8)
    {
        for (var i = Length - 1; i >= 0; i--, value >>= 5)
        {
            utf8[i] = CrockfordBase32[(int)(value & 31)];
        }
    }
}
