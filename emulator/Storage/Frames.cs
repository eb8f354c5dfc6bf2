namespace DataToEvents.Emulator.Storage;

/// <summary>Puts many records into the body of one row: each is a 4-byte length (little endian) and its bytes.</summary>
internal static class Frames
{
    public const int PrefixBytes = sizeof(int);

    /// <summary>Writes a frame to the front of <paramref name="target"/> and returns the rest of it.</summary>
    public static Span<byte> Write(Span<byte> target, ReadOnlySpan<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, frame.Length);
        frame.CopyTo(target[PrefixBytes..]);
        return target[(PrefixBytes + frame.Length)..];
    }

    /// <summary>Reads the frame at <paramref name="position"/> and moves the position behind it.</summary>
    public static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> body, ref int position)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span[position..]);
        var frame = body.Slice(position + PrefixBytes, length);
        position += PrefixBytes + length;
        return frame;
    }
}
