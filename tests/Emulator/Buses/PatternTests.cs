using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Tests.Buses;

public class PatternTests
{
    [Theory]
    [InlineData("""{"a":["x","y"]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"\u0078"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"\u0061":"x"}""", true)]
    [InlineData("""{"a":["wxyz"]}""", """{"a":"w\u0078yz"}""", true)]
    [InlineData("""{"wxyz":["x"]}""", """{"w\u0078yz":"x"}""", true)]
    [InlineData("""{"a":["\"\\/\b\f\n\r\t."]}""", """{"a":"\"\\\/\b\f\n\r\t\u002e"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"X"}""", false)]
    [InlineData("""{"a":[1]}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":[300]}""", """{"a":3.0e2}""", true)]
    [InlineData("""{"a":[1]}""", """{"a":1.5}""", false)]
    [InlineData("""{"a":[0.1]}""", """{"a":0.10}""", true)]
    [InlineData("""{"a":[5000000001]}""", """{"a":5000000001}""", true)]
    [InlineData("""{"a":[5000000001]}""", """{"a":5000000001.0}""", false)]
    [InlineData("""{"a":[{"anything-but":1}]}""", """{"a":1.0}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a\u002eb":"x"}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a.b":{"b":"x"}}""", false)]
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"a.b":["x"]}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"a.b":{"b":["x"]}}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"a.b.c":["x"]}""", """{"a.b":{"c":"x"}}""", true)]
    [InlineData("""{"a.b.c":["x"]}""", """{"a":{"b.c":"x"}}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a.b":"x","a":{"c":"y"}}""", false)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a.b":"x","a.c":"y"}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a.b":1}""", false)]
    [InlineData("""{"a..b":["x"]}""", """{"a":{"":{"b":"x"}}}""", true)]
    [InlineData("""{"a":[1]}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":[null]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[null]}""", """{}""", false)]
    [InlineData("""{"a":[""]}""", """{"a":""}""", true)]
    [InlineData("""{"a":[""]}""", """{"a":null}""", false)]
    [InlineData("""{"a":[true]}""", """{"a":false}""", false)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":["w",["x"]]}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[{"b":"x","c":"n"},{"b":"n","c":"y"}]}""", false)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[1,{"b":"x","c":"y"}]}""", true)]
    [InlineData("""{"a":[{"prefix":"Jos"}]}""", """{"a":"José"}""", true)]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"jOSÉ"}}]}""", """{"a":"José!"}""", true)]
    [InlineData("""{"a":[{"prefix":"1"}]}""", """{"a":12}""", false)]
    [InlineData("""{"a":[{"suffix":".png"}]}""", """{"a":"x.png"}""", true)]
    [InlineData("""{"a":[{"suffix":{"equals-ignore-case":".PNG"}}]}""", """{"a":"x.png"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"ABC"}]}""", """{"a":"abc"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"ABC"}]}""", """{"a":"abcd"}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":["x","y"]}""", true)]
    [InlineData("""{"a":[{"anything-but":[1,2]}]}""", """{"a":2}""", false)]
    [InlineData("""{"a":[{"anything-but":{"prefix":"x"}}]}""", """{"a":"xy"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"suffix":["x","z"]}}]}""", """{"a":"yz"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"wildcard":"*/lib/*"}}]}""", """{"a":"/usr/lib/x"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"equals-ignore-case":"X"}}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":[[]]}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":[[],1]}""", false)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":[1,{"b":2}]}""", false)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":5}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":0}""", false)]
    [InlineData("""{"a":[{"numeric":["<",5]}]}""", """{"a":5}""", false)]
    [InlineData("""{"a":[{"numeric":["<",5]}]}""", """{"a":-5.0e9}""", true)]
    [InlineData("""{"a":[{"numeric":[">",5]}]}""", """{"a":5.0e9}""", true)]
    [InlineData("""{"a":[{"numeric":[">=",5,"<=",5]}]}""", """{"a":5}""", true)]
    [InlineData("""{"a":[{"numeric":["<=",5.0e9]}]}""", """{"a":5000000001}""", false)]
    [InlineData("""{"a":[{"numeric":["=",3.018e2]}]}""", """{"a":301.8}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0]}]}""", """{"a":1e999}""", false)]
    [InlineData("""{"a":[{"numeric":[">",0]}]}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/24"}]}""", """{"a":"10.0.0.255"}""", true)]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/24"}]}""", """{"a":"10.0.1.0"}""", false)]
    [InlineData("""{"a":[{"cidr":"0.0.0.0/0"}]}""", """{"a":"10"}""", false)]
    [InlineData("""{"a":[{"cidr":"2001:db8::/32"}]}""", """{"a":"2001:db8::1"}""", true)]
    [InlineData("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"axxbc"}""", true)]
    [InlineData("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"axxc"}""", false)]
    [InlineData("""{"a":[{"wildcard":"*a*"}]}""", """{"a":"ab"}""", true)]
    [InlineData("""{"a":[{"wildcard":"ab*ba"}]}""", """{"a":"aba"}""", false)]
    [InlineData("""{"a":[{"wildcard":"a\\*b"}]}""", """{"a":"a*b"}""", true)]
    [InlineData("""{"a":[{"wildcard":"a\\*b"}]}""", """{"a":"axb"}""", false)]
    [InlineData("""{"x":[1],"$or":[{"a":[1]},{"b":[2],"$or":[{"c":[3]},{"d":[4]}]}]}""", """{"x":1,"b":2,"d":4}""", true)]
    [InlineData("""{"x":[1],"$or":[{"a":[1]},{"b":[2]}]}""", """{"x":1,"b":1}""", false)]
    [InlineData("""{"x":[1],"$or":[{"a":[1]},{"b":[2]}]}""", """{"a":1}""", false)]
    public void Patterns_match_as_in_EventBridge(string pattern, string item, bool matches)
    {
        using var json = JsonDocument.Parse(item);

        EventPattern.Parse(pattern).Matches(json.RootElement).Should().Be(matches);
    }

    [Theory]
    [InlineData("""{""", "$")]
    [InlineData("""[]""", "$")]
    [InlineData("""{}""", "$")]
    [InlineData("""{"a":1}""", "$.a")]
    [InlineData("""{"a":{}}""", "$.a")]
    [InlineData("""{"a":[]}""", "$.a")]
    [InlineData("""{"a":[[1]]}""", "$.a[0]")]
    [InlineData("""{"a":["\ud800"]}""", "$")]
    [InlineData("""{"a":["x",{"oops":1}]}""", "$.a[1].oops")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""", "$.a[0]")]
    [InlineData("""{"a":{"b":[{"prefix":1}]}}""", "$.a.b[0].prefix")]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"a","x":1}}]}""", "$.a[0].prefix")]
    [InlineData("""{"a":[{"exists":"yes"}]}""", "$.a[0].exists")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/33"}]}""", "$.a[0].cidr")]
    [InlineData("""{"a":[{"wildcard":"a**b"}]}""", "$.a[0].wildcard")]
    [InlineData("""{"a":[{"wildcard":"a\\b"}]}""", "$.a[0].wildcard")]
    [InlineData("""{"a":[{"wildcard":"*:*:*:*:*:x/*"}]}""", "$.a[0].wildcard")]
    [InlineData("""{"a":[{"wildcard":"*ababababababababababx"}]}""", "$.a[0].wildcard")]
    [InlineData("""{"a":[{"anything-but":{"prefix":""}}]}""", "$.a[0].anything-but.prefix")]
    [InlineData("""{"a":[{"anything-but":{"suffix":["x",""]}}]}""", "$.a[0].anything-but.suffix[1]")]
    [InlineData("""{"a":[{"anything-but":{"prefix":{"equals-ignore-case":"x"}}}]}""", "$.a[0].anything-but.prefix")]
    [InlineData("""{"a":[{"anything-but":{"suffix":{"equals-ignore-case":"x"}}}]}""", "$.a[0].anything-but.suffix")]
    [InlineData("""{"a":[{"numeric":[">"]}]}""", "$.a[0].numeric")]
    [InlineData("""{"a":[{"numeric":["<>",1]}]}""", "$.a[0].numeric[0]")]
    [InlineData("""{"a":[{"numeric":[1,1]}]}""", "$.a[0].numeric[0]")]
    [InlineData("""{"a":[{"numeric":[">=",1,"<",1]}]}""", "$.a[0].numeric")]
    [InlineData("""{"a":[{"numeric":[">",1,"<=",1]}]}""", "$.a[0].numeric")]
    [InlineData("""{"a":[{"numeric":["<",1,">",0]}]}""", "$.a[0].numeric[0]")]
    [InlineData("""{"a":[{"numeric":[">",1,"<",1]}]}""", "$.a[0].numeric")]
    [InlineData("""{"a":[{"numeric":["=",5000000001]}]}""", "$.a[0].numeric[1]")]
    [InlineData("""{"a":[{"anything-but":[]}]}""", "$.a[0].anything-but")]
    [InlineData("""{"a":[{"anything-but":null}]}""", "$.a[0].anything-but")]
    [InlineData("""{"a":[{"anything-but":{"prefix":[]}}]}""", "$.a[0].anything-but.prefix")]
    [InlineData("""{"a":[{"anything-but":["x",1]}]}""", "$.a[0].anything-but")]
    [InlineData("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""", "$.a[0].anything-but")]
    [InlineData("""{"$or":[{"a":[1]}]}""", "$.$or[0].a")]
    [InlineData("""{"$or":[{"a":[1]},{"b":[]}]}""", "$.$or[1].b")]
    public void An_invalid_pattern_is_refused_with_the_place_that_is_wrong(string pattern, string path)
    {
        var parse = () => EventPattern.Parse(pattern);

        var fault = parse.Should().Throw<ServiceException>().Which;
        fault.Code.Should().Be("InvalidEventPatternException");
        fault.Message.Should().Contain($" at {path}: ");
    }

    [Theory]
    [InlineData("/Users/*/dir/dir/dir/dir/dir/doc.txt")]
    [InlineData("arn:*:events:*:*:event-bus/*")]
    [InlineData("*a*b*c*d*e*f*")]
    public void A_wildcard_pattern_that_EventBridge_takes_is_not_too_complex(string wildcard) =>
        EventPattern.Parse($$"""{"a":[{"wildcard":"{{wildcard}}"}]}""").LooksAt("a").Should().BeTrue();

    [Fact]
    public void A_pattern_has_2048_characters_at_most()
    {
        const string Around = """{"a":[""]}""";
        var parse = (int length) => EventPattern.Parse(Around.Insert(Around.IndexOf(']', StringComparison.Ordinal) - 1, new string('x', length - Around.Length)));

        parse(2_048).LooksAt("a").Should().BeTrue();
        parse.Invoking(longer => longer(2_049)).Should().Throw<ServiceException>();
    }

    [Fact]
    public void A_pattern_of_source_and_detail_type_never_looks_into_the_detail()
    {
        var pattern = EventPattern.Parse("""{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""");

        pattern.LooksAt("detail").Should().BeFalse();
        EventPattern.Parse("""{"$or":[{"source":["x"]},{"detail":{"a":[1]}}]}""").LooksAt("detail").Should().BeTrue();
    }

    [Fact]
    public void Hostile_wildcards_and_nesting_come_to_an_end()
    {
        // A backtracking matcher would not end in time for the first; a recursive one would exhaust the stack for the second.
        var wildcard = EventPattern.Parse($$"""{"a":[{"wildcard":"{{string.Concat(Enumerable.Repeat("*a", 4))}}*b"}]}""");
        using var text = JsonDocument.Parse($$"""{"a":"{{new string('a', 1_000_000)}}"}""");
        var exists = EventPattern.Parse("""{"a":{"b":[{"exists":true}]}}""");
        using var nested = JsonDocument.Parse($$"""{"a":{{new string('[', 990)}}{"b":1}{{new string(']', 990)}}}""", new JsonDocumentOptions { MaxDepth = 1_000 });

        wildcard.Matches(text.RootElement).Should().BeFalse();
        exists.Matches(nested.RootElement).Should().BeTrue();
    }
}
