using System.Numerics;

namespace DataToEvents.Emulator.Storage;

/// <summary>The header of a frame of the <see cref="RedoLog"/>.</summary>
/// <param name="Length">The frame's bytes, without this header.</param>
/// <param name="Checksum">CRC-32C of the generation, <paramref name="Before"/> and the frame; never 0.</param>
/// <param name="Generation">The generation that the frame belongs to.</param>
/// <param name="Before">The checksum of the previous frame, which may be the last of the previous generation; 0: the frame is the first of a run.</param>
internal readonly record struct RedoFrame(int Length, uint Checksum, long Generation, uint Before)
{
    public const int Bytes = sizeof(int) + sizeof(uint) + sizeof(long) + sizeof(uint);

    /// <summary>The offset of the generation in the header. A frame can be found by it.</summary>
    public const int GenerationAt = sizeof(int) + sizeof(uint);

    /// <summary>Is combined with the generation, so that its bytes do not occur in other data by chance.</summary>
    private const long Mark = 0x5DA7A2E5E7E17501;

    public static RedoFrame Of(long generation, uint before, ReadOnlySpan<byte> frame) => new(frame.Length, Sum(generation, before, frame), generation, before);

    public static RedoFrame Read(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadInt32LittleEndian(header),
        BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(int)..]),
        BinaryPrimitives.ReadInt64LittleEndian(header[GenerationAt..]) ^ Mark,
        BinaryPrimitives.ReadUInt32LittleEndian(header[(GenerationAt + sizeof(long))..]));

    public void Write(Span<byte> header)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(int)..], Checksum);
        BinaryPrimitives.WriteInt64LittleEndian(header[GenerationAt..], Generation ^ Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(header[(GenerationAt + sizeof(long))..], Before);
    }

    /// <summary>The bytes at <see cref="GenerationAt"/> in each frame of a generation.</summary>
    public static byte[] Signature(long generation)
    {
        var signature = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(signature, generation ^ Mark);
        return signature;
    }

    public bool Holds(ReadOnlySpan<byte> frame) => Sum(Generation, Before, frame) == Checksum;

    private static uint Sum(long generation, uint before, ReadOnlySpan<byte> frame)
    {
        var sum = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)generation), before);
        var words = MemoryMarshal.Cast<byte, ulong>(frame);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in frame[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        // 0 means "no previous frame".
        return Math.Max(sum, 1);
    }
}
