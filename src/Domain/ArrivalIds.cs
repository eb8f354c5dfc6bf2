namespace DataToEvents.Domain;

/// <summary>
/// Makes event ids for records that bring none: ULIDs of the arrival time and a SHA-256 of arrival time, bytes and ordinal among identical records
/// of the batch. Use one instance for each batch, so that a retried batch gets the same ids. Firehose's recordId is not used, because no document
/// says that it stays the same in a retry.
/// </summary>
internal sealed class ArrivalIds
{
    private readonly Dictionary<UInt128, int> _seen = [];

    /// <param name="arrival">Epoch milliseconds.</param>
    /// <param name="content">The event's bytes as they came.</param>
    public EventId Next(long arrival, ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(arrival, content, digest);
        var key = BinaryPrimitives.ReadUInt128BigEndian(digest);
        var ordinal = _seen.GetValueOrDefault(key);
        _seen[key] = ordinal + 1;
        if (ordinal > 0)
        {
            Hash(ordinal, digest.ToArray(), digest);
        }

        return new EventId(Format(arrival, BinaryPrimitives.ReadUInt128BigEndian(digest)));
    }

    private static void Hash(long number, ReadOnlySpan<byte> content, Span<byte> digest)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(prefix, number);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(content);
        hash.GetHashAndReset(digest);
    }

    private static string Format(long arrival, UInt128 digest)
    {
        Span<byte> ulid = stackalloc byte[Ulid.Length];
        Ulid.Write(((UInt128)(ulong)arrival << 80) | (digest >> 48), ulid);
        return Encoding.ASCII.GetString(ulid);
    }
}
