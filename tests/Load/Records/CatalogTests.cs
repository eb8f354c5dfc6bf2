using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Load.Records;

namespace DataToEvents.Load.Tests.Records;

public class CatalogTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void The_default_catalog_reads_in_a_bare_record_what_its_CloudEvent_says()
    {
        var bare = new RecordGenerator(new RecordOptions());
        var wrapped = new RecordGenerator(new RecordOptions { CloudEvents = true });

        for (var i = 0; i < 400; i++)
        {
            var read = Read("catalog.json", bare.Record(i)).Should().ContainSingle().Subject;
            var said = Parse(wrapped.Record(i));

            (read.Type, read.Stream.ToString(), read.Id.ToString()).Should().Be((said.Type!, said.Subject!, said.Id!));
            read.OccurredAt.Should().Be(said.Time);
        }
    }

    [Fact]
    public void The_payload_of_a_CloudEvent_is_the_bare_record_byte_for_byte()
    {
        var bare = new RecordGenerator(new RecordOptions());
        var wrapped = new RecordGenerator(new RecordOptions { CloudEvents = true });

        for (var i = 0; i < 400; i++)
        {
            Text(Read("catalog.json", wrapped.Record(i)).Single().Payload()).Should().Be(Text(bare.Record(i)));
        }
    }

    [Fact]
    public void CloudEvents_own_SDK_accepts_every_envelope()
    {
        var generator = new RecordGenerator(new RecordOptions { CloudEvents = true });

        var events = Enumerable.Range(0, 400).Select(i => Parse(generator.Record(i))).ToList();

        events.Should().OnlyContain(one => one.IsValid && one.DataContentType == "application/json" && one.Source!.ToString() == "urn:datatoevents:generator");
    }

    [Fact]
    public void A_family_has_fifty_streams()
    {
        var generator = new RecordGenerator(new RecordOptions { CloudEvents = true });

        var streams = Enumerable.Range(0, 1_000).Select(i => Parse(generator.Record(i))).Select(one => (Type: one.Type!, one.Subject)).Distinct();

        streams.CountBy(stream => stream.Type).Should().HaveCount(4).And.OnlyContain(family => family.Value == 50);
    }

    [Fact]
    public void A_packed_record_is_as_many_events()
    {
        var generator = new RecordGenerator(new RecordOptions { EventsPerRecord = 8 });

        Read("catalog.json", generator.Record(3)).Select(one => one.Type).Should().Equal(
            "order", "device", "inventory", "security", "order", "device", "inventory", "security");
    }

    [Fact]
    public void The_earthquake_catalog_takes_stream_id_and_time_from_the_feature()
    {
        var feature = """{"type":"Feature","properties":{"mag":1.0,"time":1517363399650,"net":"uw","type":"earthquake"},"id":"uw61345682"}"""u8.ToArray();

        var read = Read("earthquakes.catalog.json", feature).Should().ContainSingle().Subject;

        (read.Type, read.Stream.ToString(), read.Id.ToString()).Should().Be(("earthquake", "uw", "uw61345682"));
        read.OccurredAt.ToUnixTimeMilliseconds().Should().Be(1517363399650);
    }

    private static List<DataEvent> Read(string catalog, ReadOnlyMemory<byte> record) =>
        [.. new RecordReader(EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, catalog)))).Read(record, Arrival).Select(read => read.Inline())];

    private static CloudEvent Parse(ReadOnlyMemory<byte> record) => new JsonEventFormatter().DecodeStructuredModeMessage(record, null, null);

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
