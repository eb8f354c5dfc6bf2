using System.IO.Compression;
using CsCheck;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class StoredEnvelopeTests
{
    // Texts that compress well, badly or not at all, with sizes around every border of a write unit.
    private static readonly Gen<byte[]> Envelopes = Gen.OneOf(
        Gen.Byte.Array[1, 6_000],
        Gen.Char['a', 'd'].Array[1, 6_000].Select(text => Encoding.UTF8.GetBytes(text)),
        Gen.Int[1, 6_000].Select(length => Encoding.UTF8.GetBytes(new string('x', length))));

    [Fact]
    public void It_is_compressed_when_and_only_when_that_saves_a_write_unit() => Gen.Select(Envelopes, Gen.Int[1, 3_000]).Sample((envelope, others) =>
    {
        var compressed = StoredEnvelope.Compress(envelope, others);

        var saves = StoredEnvelope.WriteUnits(others + Gzip(envelope).Length) < StoredEnvelope.WriteUnits(others + envelope.Length);
        (compressed is not null).Should().Be(saves);
    });

    [Fact]
    public void What_was_compressed_comes_back_byte_for_byte() => Gen.Select(Envelopes, Gen.Int[1, 3_000]).Sample((envelope, others) =>
    {
        if (StoredEnvelope.Compress(envelope, others) is { } compressed)
        {
            StoredEnvelope.Decompress(new MemoryStream(compressed)).Should().Equal(envelope);
        }
    });

    [Theory]
    [InlineData(300, 200, false)]
    [InlineData(1_000, 24, false)]
    [InlineData(1_000, 25, true)]
    [InlineData(400_000, 9_600, true)]
    [InlineData(400_000, 9_601, false)]
    public void The_borders_are_those_of_DynamoDB(int envelope, int others, bool compressed) =>
        (StoredEnvelope.Compress(Encoding.UTF8.GetBytes(new string('x', envelope)), others) is not null).Should().Be(compressed);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no gzip at all")]
    public void Bytes_that_are_not_compressed_are_no_envelope(string text) =>
        StoredEnvelope.Decompress(new MemoryStream(Encoding.UTF8.GetBytes(text))).Should().BeNull();

    [Fact]
    public void A_bomb_is_no_envelope() =>
        StoredEnvelope.Decompress(new MemoryStream(Gzip(new byte[StoredEnvelope.MaxItemBytes + 1]))).Should().BeNull();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_buffer_goes_back_whether_it_was_an_envelope_or_not(bool isEnvelope)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(StoredEnvelope.MaxItemBytes);
        ArrayPool<byte>.Shared.Return(buffer);

        _ = StoredEnvelope.Decompress(new MemoryStream(isEnvelope ? Gzip("{}"u8.ToArray()) : [1, 2, 3]));

        var next = ArrayPool<byte>.Shared.Rent(StoredEnvelope.MaxItemBytes);
        next.Should().BeSameAs(buffer, "the pool gives a thread first what it returned last");
        ArrayPool<byte>.Shared.Return(next);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
