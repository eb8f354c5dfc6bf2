using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

public sealed class CatalogReadingTests
{
    private const string Entry = """{"type":"t","match":[{"pointer":"/a"}],"stream":"/a"}""";

    [Fact]
    public void A_catalog_tells_its_source_and_its_types_in_order()
    {
        Sample.Catalog.Source.Should().Be("urn:test");
        Sample.Catalog.Types.Should().Equal("order.placed", "heartbeat");
    }

    [Fact]
    public void A_catalog_without_events_is_one() =>
        EventCatalog.Parse("""{"source":"s","events":[]}"""u8.ToArray()).Types.Should().BeEmpty();

    [Theory]
    [InlineData("""[]""", "catalog: expected an object")]
    [InlineData("""{"events":[]}""", "catalog.source: missing")]
    [InlineData("""{"source":"s"}""", "catalog.events: missing")]
    [InlineData("""{"source":"","events":[]}""", "catalog.source: expected a string that is not empty")]
    [InlineData("""{"source":7,"events":[]}""", "catalog.source: expected a string")]
    [InlineData("""{"source":"s","events":{}}""", "catalog.events: expected an array")]
    [InlineData("""{"source":"s","events":[],"event":[]}""", "catalog.event: unknown; allowed are source, unclassified, events")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shard":3}}""", "catalog.unclassified.shard: unknown")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":0}}""", "catalog.unclassified.shards: expected a whole number from 1 to")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":1.5}}""", "catalog.unclassified.shards: expected a whole number")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":"3"}}""", "catalog.unclassified.shards: expected a whole number")]
    [InlineData("""{"source":"s","events":[],"unclassified":[]}""", "catalog.unclassified: expected an object")]
    public void An_error_at_the_top_names_its_place(string catalog, string error) => Reading(catalog).Should().Throw<CatalogException>().WithMessage(error + "*");

    [Theory]
    [InlineData("""3""", "catalog.events[1]: expected an object")]
    [InlineData("""{"match":[{"pointer":"/a"}],"stream":"/a"}""", "catalog.events[1].type: missing")]
    [InlineData("""{"type":"t","stream":"/a"}""", "catalog.events[1].match: missing")]
    [InlineData("""{"type":"t","match":[],"stream":"/a"}""", "catalog.events[1].match: expected at least one condition")]
    [InlineData("""{"type":"t","match":"/a","stream":"/a"}""", "catalog.events[1].match: expected an array")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}]}""", "catalog.events[1].stream: missing")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"a"}""", "catalog.events[1].stream: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a~2"}""", "catalog.events[1].stream: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a~"}""", "catalog.events[1].stream: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","id":5}""", "catalog.events[1].id: expected a string")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","time":"x"}""", "catalog.events[1].time: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","drop":"yes"}""", "catalog.events[1].drop: expected true or false")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","prefix":"p"}""", "catalog.events[1].prefix: unknown; allowed are type, match")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"},{"equals":1}],"stream":"/a"}""", "catalog.events[1].match[1].pointer: missing")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a","equals":{}}],"stream":"/a"}""", "catalog.events[1].match[0].equals: expected a string, number, true, false or null")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a","is":1}],"stream":"/a"}""", "catalog.events[1].match[0].is: unknown; allowed are pointer, equals")]
    public void An_error_in_an_entry_names_its_place(string entry, string error) =>
        Reading($$"""{"source":"s","events":[{{Entry}},{{entry}}]}""").Should().Throw<CatalogException>().WithMessage(error + "*");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"source":"s","events":[],}""")]
    [InlineData("""{"source":"s","events":[]} x""")]
    [InlineData("""{"source":"s","source":"t","events":[]}""")]
    [InlineData("""{"source":"\ud800","events":[]}""")]
    [InlineData("""{"\ud800":"s","events":[]}""")]
    public void What_is_no_sound_JSON_is_refused(string catalog) => Reading(catalog).Should().Throw<CatalogException>();

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused() =>
        FluentActions.Invoking(() => EventCatalog.Parse("{\"source\":\"\xff\",\"events\":[]}".Select(character => (byte)character).ToArray())).Should().Throw<CatalogException>();

    private static Action Reading(string catalog) => () => EventCatalog.Parse(Sample.Utf8(catalog));
}
