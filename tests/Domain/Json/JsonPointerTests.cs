using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Json;

/// <summary>RFC 6901, seen through a catalog whose stream key is at the pointer.</summary>
public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("", "\"v\"")]
    [InlineData("/a", """{"a":"v"}""")]
    [InlineData("/a/b/c", """{"x":{"a":1},"a":{"b":{"c":"v","d":2}},"z":0}""")]
    [InlineData("/", """{"":"v"}""")]
    [InlineData("/a/", """{"a":{"":"v"}}""")]
    [InlineData("/a~1b", """{"a/b":"v"}""")]
    [InlineData("/m~0n", """{"m~n":"v"}""")]
    [InlineData("/~01", """{"~1":"v"}""")]
    [InlineData("/c%d", """{"c%d":"v"}""")]
    [InlineData("/ ", """{" ":"v"}""")]
    [InlineData("/é", """{"é":"v"}""")]
    [InlineData("/é", """{"\u00e9":"v"}""")]
    [InlineData("/a", """{"\u0061":"\u0076"}""")]
    [InlineData("/a/1", """{"a":["x","v"]}""")]
    [InlineData("/0/0", """[["v"]]""")]
    [InlineData("/a/10", """{"a":[0,1,2,3,4,5,6,7,8,9,"v"]}""")]
    [InlineData("/1", """{"1":"v"}""")]
    [InlineData("/a", """{"a":"first","a":"v"}""")]
    [InlineData("/a", """{"\ud800":1,"a":"v"}""")]
    [InlineData("/id", """{"\udfffabc":1,"id":"v"}""")]
    [InlineData("/a/b", """{"a":{"\ud800\ud800":1,"b":"v"}}""")]
    public void A_pointer_finds_its_value(string path, string record) => StreamAt(path, record).Should().Be("v");

    [Theory]
    [InlineData("/a", """{"A":"v"}""")]
    [InlineData("/a/01", """{"a":["x","v"]}""")]
    [InlineData("/a/-", """{"a":["v"]}""")]
    [InlineData("/a/2", """{"a":["x","v"]}""")]
    [InlineData("/a/b", """{"a":"v"}""")]
    [InlineData("/a/0", """{"a":"v"}""")]
    [InlineData("/a", """[["a","v"]]""")]
    [InlineData("/a", """{"b":{"a":"v"}}""")]
    public void A_pointer_to_nothing_finds_nothing(string path, string record) => StreamAt(path, record).Should().StartWith("unclassified-");

    [Fact]
    public void Pointers_that_share_a_path_all_find_their_values()
    {
        var catalog = EventCatalog.Parse("""{"source":"s","events":[{"type":"t","match":[{"pointer":"/a"},{"pointer":"/a/b"}],"stream":"/a/b/0","id":"/a/c","time":"/a/b/1"}]}"""u8.ToArray());

        var read = Sample.Events("""{"a":{"b":["stream",1767323045000],"c":"id"}}"""u8.ToArray(), catalog).Single();

        (read.Stream.Value, read.Id.Value, read.Time).Should().Be(("stream", "id", "2026-01-02T03:04:05.000Z"));
    }

    [Fact]
    public void Any_name_that_is_escaped_is_found()
    {
        var names = Gen.String[Gen.Char["ab~/01\"\\é ☃"], 0, 6].Array[1, 4];
        names.Sample(steps =>
        {
            var pointer = string.Concat(steps.Select(name => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
            var record = steps.Reverse().Aggregate("\"v\"", (inner, name) => $"{{\"other\":[{{}}],{Quoted(name)}:{inner}}}");
            return StreamAt(pointer, record) == "v";
        });
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string StreamAt(string path, string record)
    {
        var catalog = EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{"type":"t","match":[{"pointer":{{Quoted(path)}}}],"stream":{{Quoted(path)}}}]}"""));
        return Sample.Events(Sample.Utf8(record), catalog).Single().Stream.Value;
    }
}
