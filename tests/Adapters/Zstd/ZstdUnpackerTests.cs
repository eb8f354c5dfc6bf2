using CsCheck;
using DataToEvents.Adapters.Zstd;
using DataToEvents.Domain;
using ZstdSharp;

namespace DataToEvents.Adapters.Tests.Zstd;

public sealed class ZstdUnpackerTests
{
    private const int Limit = 100_000;

    [Fact]
    public void Any_bytes_come_out_as_they_went_in() =>
        Gen.Select(Gen.Byte.Array[0, 5_000], Gen.Int[1, 19]).Sample((bytes, level) => Unpack(Pack(bytes, level)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void What_is_cut_off_or_followed_by_other_bytes_is_not_sound()
    {
        var packed = Pack(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_000))), 3);

        foreach (var broken in new[] { packed[..^1], packed[..10], [.. packed, 1, 2, 3, 4, 5] })
        {
            FluentActions.Invoking(() => Unpack(broken)).Should().Throw<InvalidDataException>();
        }
    }

    [Fact]
    public void A_bomb_is_not_unpacked_to_its_end() => Unpack(Pack(new byte[50_000_000], 3)).Length.Should().BeInRange(Limit + 1, Limit + (1 << 17));

    [Fact]
    public void A_record_is_recognised_by_how_it_begins()
    {
        new ZstdUnpacker().Recognises(Pack([1], 3)).Should().BeTrue();
        new ZstdUnpacker().Recognises("{\"a\":1}"u8).Should().BeFalse();
    }

    private static byte[] Pack(byte[] content, int level)
    {
        using var compressor = new Compressor(level);
        return compressor.Wrap(content).ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new PooledBytes(16);
        new ZstdUnpacker().Unpack(packed, unpacked, Limit);
        return unpacked.Written.ToArray();
    }
}
