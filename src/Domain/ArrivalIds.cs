using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataToEvents.Domain;

/// <summary>
/// Event ids for records that bring none: time-ordered ULIDs made of the arrival time and a SHA-256 of (arrival time, bytes,
/// ordinal among identical records of the batch). One instance serves one batch, so that a retried batch gets the same ids.
/// Firehose's recordId is not documented as stable and is no part of it.
/// </summary>
internal sealed class ArrivalIds
{
    private const string CrockfordBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidLength = 26;

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

    /// <summary>ULID: 48 bits of milliseconds, 80 bits that tell apart, in Crockford's base 32.</summary>
    private static string Format(long arrival, UInt128 digest)
    {
        var value = ((UInt128)(ulong)arrival << 80) | (digest >> 48);
        return string.Create(UlidLength, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = CrockfordBase32[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }
}
