namespace DataToEvents.Emulator.Http.S3;

/// <summary>A cyclic redundancy check that reads the lowest bit first, starts with ones and is inverted at the end, as all of S3's CRCs.</summary>
/// <param name="polynomial">The polynomial with its bits in reverse order.</param>
/// <param name="bytes">The length of the result.</param>
internal sealed class ReflectedCrc(ulong polynomial, int bytes)
{
    private readonly ulong _ones = ulong.MaxValue >> (64 - (8 * bytes));
    private readonly ulong[] _table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((ulong)value, (crc, _) => (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial))];

    /// <returns>The check value, highest byte first.</returns>
    public byte[] Compute(ReadOnlySpan<byte> content)
    {
        var crc = _ones;
        foreach (var value in content)
        {
            crc = (crc >> 8) ^ _table[(byte)(crc ^ value)];
        }

        Span<byte> result = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(result, crc ^ _ones);
        return result[^bytes..].ToArray();
    }
}
