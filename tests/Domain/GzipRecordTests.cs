using System.IO.Compression;
using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests;

/// <summary>Records that a producer compressed, where the catalog says that they are unpacked.</summary>
public sealed class GzipRecordTests
{
    private static readonly EventCatalog Catalog = EventCatalog.Parse("""{"source":"s","unpack":["gzip"],"events":[{"type":"t","match":[{"pointer":"/a"}],"stream":"/a"}]}"""u8.ToArray());

    [Fact]
    public void A_packed_record_is_read_as_if_it_were_not() =>
        Gens.Record.Sample(record => Payloads(Pack(record), Catalog).SequenceEqual(Payloads(record, Catalog)));

    [Fact]
    public void Without_the_switch_it_is_bytes()
    {
        var packed = Pack("{\"a\":1}"u8.ToArray());

        Sample.Event(packed).Payload().Should().Equal(packed);
    }

    [Fact]
    public void What_is_not_sound_is_one_event_with_all_its_bytes_and_counted()
    {
        var packed = Pack(Sample.Utf8(string.Concat(Enumerable.Range(0, 500).Select(number => $"{{\"a\":{number}}}"))));
        byte[][] broken = [packed[..^1], packed[..^8], packed[..(packed.Length / 2)], packed[..3], [.. packed, 1, 2, 3], [.. packed, .. packed], [.. packed[..^6], .. "xxxxxx"u8], [.. packed[..20], 0xFF, 0x55, .. packed[22..]]];

        foreach (var record in broken)
        {
            var reader = new RecordReader(Catalog);
            reader.Read(record, Sample.Arrival).Select(read => read.Inline().Payload()).Should().ContainSingle().Which.Should().Equal(record);
            reader.Doubts.All.Select(doubt => doubt.Kind).Should().Equal(DoubtKind.Unclassified, DoubtKind.NotJson);
            reader.Doubts.All.Should().OnlyContain(doubt => doubt.Reason.StartsWith("it begins as gzip and is not sound: ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_record_that_holds_more_than_the_limit_is_refused_with_its_reason()
    {
        var (fits, bomb) = (Pack(new byte[10_000]), Pack(new byte[10_001]));
        var reader = new RecordReader(Catalog, unpackedLimit: 10_000);

        reader.Read(fits, Sample.Arrival).Single().Inline().Payload().Should().HaveCount(10_000);
        var refused = reader.Read(bomb, Sample.Arrival).Single();
        (refused.Refusal, refused.IsDropped).Should().Be(("it holds more than 10000 bytes when it is unpacked (gzip)", false));
        refused.Invoking(read => read.Inline()).Should().Throw<InvalidOperationException>();
    }

    private static IEnumerable<string> Payloads(byte[] record, EventCatalog catalog) => Sample.Events(record, catalog).Select(read => Convert.ToBase64String(read.Payload()!));

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
