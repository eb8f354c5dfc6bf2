namespace DataToEvents.Emulator.Queues;

/// <summary>Message ids and receipt handles are computed from numbers, so that they need not be stored or looked up.</summary>
internal static class MessageIds
{
    private const int HandleBytes = 16;

    /// <summary>The id of a message. It is unique within the queue, because different sequence numbers give different ids.</summary>
    public static Guid Of(long seed, long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mix((ulong)(seed + sequence)));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Mix((ulong)(seed ^ ~sequence)));
        return new Guid(bytes);
    }

    /// <summary>SQS's form of a sequence number: 20 digits.</summary>
    public static string SequenceNumber(long sequence) => sequence.ToString("D20", null);

    public static void WriteHandle(Span<byte> handle, long sequence, long receipt)
    {
        BinaryPrimitives.WriteInt64LittleEndian(handle, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(handle[8..], receipt);
    }

    public static string Handle(long sequence, long receipt)
    {
        Span<byte> bytes = stackalloc byte[HandleBytes];
        WriteHandle(bytes, sequence, receipt);
        return Convert.ToBase64String(bytes);
    }

    public static bool TryReadHandle(string handle, out long sequence, out long receipt)
    {
        Span<byte> bytes = stackalloc byte[HandleBytes];
        var valid = Convert.TryFromBase64String(handle, bytes, out var written) && written == HandleBytes;
        sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        receipt = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return valid;
    }

    // The last step of the random number generator SplitMix64. It maps each number to another one, and none twice.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
