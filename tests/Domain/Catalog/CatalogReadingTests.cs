using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

public sealed class CatalogReadingTests
{
    private const string Entry = """{"type":"t","match":[{"pointer":"/a"}],"stream":"/a"}""";

    [Fact]
    public void A_catalog_tells_its_source() => Sample.Catalog.Source.Should().Be("urn:test");

    [Fact]
    public void A_catalog_without_events_is_valid() =>
        Reading("""{"source":"s","events":[]}""").Should().NotThrow();

    [Theory]
    [InlineData("""[]""", "catalog: expected an object")]
    [InlineData("""{"events":[]}""", "catalog.source: missing")]
    [InlineData("""{"source":"s"}""", "catalog.events: missing")]
    [InlineData("""{"source":"","events":[]}""", "catalog.source: expected a string that is not empty")]
    [InlineData("""{"source":7,"events":[]}""", "catalog.source: expected a string")]
    [InlineData("""{"source":"s","events":{}}""", "catalog.events: expected an array")]
    [InlineData("""{"source":"s","events":[],"event":[]}""", "catalog.event: unknown; allowed are source, unclassified, ignoreCase, unpack, events")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shard":3}}""", "catalog.unclassified.shard: unknown")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":0}}""", "catalog.unclassified.shards: expected a whole number from 1 to")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":1.5}}""", "catalog.unclassified.shards: expected a whole number")]
    [InlineData("""{"source":"s","events":[],"unclassified":{"shards":"3"}}""", "catalog.unclassified.shards: expected a whole number")]
    [InlineData("""{"source":"s","events":[],"unclassified":[]}""", "catalog.unclassified: expected an object")]
    [InlineData("""{"source":"s","events":[],"ignoreCase":1}""", "catalog.ignoreCase: expected true or false")]
    [InlineData("""{"source":"s","events":[],"unpack":"gzip"}""", "catalog.unpack: expected an array")]
    [InlineData("""{"source":"s","events":[],"unpack":["gzip","lz4"]}""", "catalog.unpack[1]: expected one of gzip")]
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
    [InlineData("""{"type":"t","match":[{"pointer":"/a","is":1}],"stream":"/a"}""", "catalog.events[1].match[0].is: unknown; allowed are pointer, exists, equals, in, prefix, type, all, any, not")]
    [InlineData("""{"type":"t","match":{"any":[]},"stream":"/a"}""", "catalog.events[1].match.any: expected at least one condition")]
    [InlineData("""{"type":"t","match":{"not":[]},"stream":"/a"}""", "catalog.events[1].match.not: expected an object")]
    [InlineData("""{"type":"t","match":{"not":{"pointer":"/a"},"pointer":"/a"},"stream":"/a"}""", "catalog.events[1].match.pointer: unknown; allowed are not")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a","type":"text"}],"stream":"/a"}""", "catalog.events[1].match[0].type: expected one of object, array")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a","in":[]}],"stream":"/a"}""", "catalog.events[1].match[0].in: expected at least one value")]
    [InlineData("""{"type":"t.{/a","match":[{"pointer":"/a"}],"stream":"/a"}""", "catalog.events[1].type: expected a template")]
    [InlineData("""{"type":"t.{a}","match":[{"pointer":"/a"}],"stream":"/a"}""", "catalog.events[1].type: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"s-{/a}}"}""", "catalog.events[1].stream: expected a template")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":["/a","b"]}""", "catalog.events[1].stream[1]: expected a JSON pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":[]}""", "catalog.events[1].stream: expected at least one pointer")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"parent:/a"}""", "catalog.events[1].stream: expected no \"parent:\" in an entry without each")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","time":{"pointer":"/t","unit":"m"}}""", "catalog.events[1].time.unit: expected one of auto, s, ms, us, ns")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","time":{"pointer":"/t","offset":"CET"}}""", "catalog.events[1].time.offset: expected Z, or hours and minutes as in +01:00")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","time":{"pointer":"/t","offset":".5Z"}}""", "catalog.events[1].time.offset: expected Z")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","time":{"unit":"s"}}""", "catalog.events[1].time.pointer: missing")]
    [InlineData("""{"match":[{"pointer":"/a"}],"each":"/a","stream":"/b"}""", "catalog.events[1].stream: unknown; allowed are match, each")]
    [InlineData("""{"type":"t","match":[{"pointer":"/a"}],"each":"/a","drop":true}""", "catalog.events[1].each: expected no each")]
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

    [Theory]
    [InlineData("{\"source\":\"s\",\n  \"events\":[\n    {\"type\":\"t\",\"match\":[{\"pointer\":\"a\"}],\"stream\":\"/a\"}]}", "Line 3, column 27.")]
    [InlineData("{\"source\":\"s\",\n  \"events\":[\n    {\"type\":\"t\",\"match\":[{\"pointer\":\"/a\"}]}]}", "Line 3, column 5.")]
    [InlineData("{\"source\":\"s\",\n \"event\":[]}", "Line 2, column 2.")]
    [InlineData("[]", "Line 1, column 1.")]
    [InlineData("{\"source\":\"s\",\n  oops", "Line 2, column 3.")]
    public void An_error_names_line_and_column(string catalog, string place) => Reading(catalog).Should().Throw<CatalogException>().WithMessage($"*{place}");

    private static Action Reading(string catalog) => () => EventCatalog.Parse(Sample.Utf8(catalog));
}
