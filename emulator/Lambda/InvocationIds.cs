namespace DataToEvents.Emulator.Lambda;

/// <summary>Draws request and trace ids; the same seed gives the same ids. The source of randomness is used under a lock of its own.</summary>
internal sealed class InvocationIds(Random random)
{
    public string NextRequestId() => new Guid(Draw(stackalloc byte[16])).ToString();

    /// <summary>An X-Ray trace header that asks for no sampling.</summary>
    public string NextTraceId(DateTimeOffset now)
    {
        var bytes = Draw(stackalloc byte[20]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)now.ToUnixTimeSeconds());
        var hex = Convert.ToHexStringLower(bytes);
        // Root is 8 + 24 digits; the parent segment takes 16 of the same draw, as nothing here records segments.
        return $"Root=1-{hex[..8]}-{hex[8..32]};Parent={hex[24..40]};Sampled=0";
    }

    private Span<byte> Draw(Span<byte> bytes)
    {
        lock (random)
        {
            random.NextBytes(bytes);
        }

        return bytes;
    }
}
