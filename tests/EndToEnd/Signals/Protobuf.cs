namespace DataToEvents.EndToEnd.Tests.Signals;

/// <summary>A message on protobuf's wire, read without its schema: fields by number (protobuf.dev/programming-guides/encoding).</summary>
internal sealed class Protobuf(ReadOnlyMemory<byte> message)
{
    public IEnumerable<Protobuf> Messages(int field) => Fields().Where(found => found.Number == field).Select(found => new Protobuf(found.Bytes));

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    /// <summary>A fixed64, such as a number data point's.</summary>
    public long Fixed(int field) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(field));

    private byte[] Bytes(int field) => Fields().Where(found => found.Number == field).Select(found => found.Bytes.ToArray()).LastOrDefault() ?? [];

    private IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Fields()
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(ref at);
            var start = at;
            var length = (tag & 7) switch
            {
                0 => Skip(ref at),
                1 => sizeof(long),
                2 => (int)Varint(ref at),
                5 => sizeof(int),
                var wire => throw new FormatException($"Wire type {wire} is none of proto3's."),
            };
            start = (tag & 7) == 2 ? at : start;
            yield return ((int)(tag >> 3), message.Slice(start, length));
            at = start + length;
        }
    }

    private int Skip(ref int at)
    {
        var start = at;
        Varint(ref at);
        return at - start;
    }

    private ulong Varint(ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
