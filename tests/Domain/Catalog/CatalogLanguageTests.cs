using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

/// <summary>The catalog's language beyond one pointer for each member: templates, lists, conditions, elements.</summary>
public sealed class CatalogLanguageTests
{
    [Theory]
    [InlineData("""{"headers":{"x-github-event":"issues"},"body":{"action":"opened","repository":{"id":7}}}""", "github.issues.opened", "repo/7")]
    [InlineData("""{"headers":{"x-github-event":"push"},"body":{"repository":{"id":7}}}""", "github.push", "repo/7")]
    [InlineData("""{"headers":{"x-github-event":"ping"},"body":{"action":"","organization":{"login":"o"}}}""", "github.ping", "org/o")]
    [InlineData("""{"headers":{"x-github-event":"ping"},"body":{}}""", "data.unclassified", "unclassified-")]
    [InlineData("""{"headers":{},"body":{"repository":{"id":7}}}""", "data.unclassified", "unclassified-")]
    public void A_type_and_a_stream_are_templates_and_the_first_that_is_whole_counts(string record, string type, string stream)
    {
        var read = Read(record, """{"type":["github.{/headers/x-github-event}.{/body/action}","github.{/headers/x-github-event}"],"match":[{"pointer":"/headers"}],"stream":["repo/{/body/repository/id}","org/{/body/organization/login}"]}""");

        (read.Type, read.Stream.Value[..Math.Min(stream.Length, read.Stream.Value.Length)]).Should().Be((type, stream));
    }

    [Theory]
    [InlineData("""{"s":"a","n":5,"id":"x"}""", "a-5-{x}")]
    [InlineData("""{"s":"a","n":5,"id":null,"other":"y"}""", "y")]
    public void An_id_is_a_template_too_and_two_braces_are_one(string record, string id) =>
        Read(record, """{"type":"t","match":[{"pointer":"/s"}],"stream":"/s","id":["{/s}-{/n}-{{{/id}}}","/other"]}""").Id.Value.Should().Be(id);

    [Theory]
    [InlineData("""{"k":"1","v":42}""", "42")]
    [InlineData("""{"k":"1","v":"0042"}""", "0042")]
    [InlineData("""{"k":"1","old":{"v":18446744073709551616}}""", "18446744073709551616")]
    public void A_sequence_is_a_whole_number_at_a_pointer_and_travels_as_it_is_written(string record, string sequence)
    {
        var read = Read(record, """{"type":"t","match":[{"pointer":"/k"}],"stream":"/k","sequence":["/v","/old/v"]}""");

        (read.Type, read.ProducerSequence).Should().Be(("t", sequence));
        Encoding.UTF8.GetString(read.Envelope.Span).Should().Contain($"\"dteproducersequence\":\"{sequence}\"");
        DataEvent.Parse(read.Envelope).ProducerSequence.Should().Be(sequence);
    }

    [Theory]
    [InlineData("""{"k":"1"}""")]
    [InlineData("""{"k":"1","v":null}""")]
    [InlineData("""{"k":"1","v":-1}""")]
    [InlineData("""{"k":"1","v":1.0}""")]
    [InlineData("""{"k":"1","v":1e3}""")]
    [InlineData("""{"k":"1","v":"seven"}""")]
    [InlineData("""{"k":"1","v":12345678901234567890123456789012345678901}""")]
    public void A_record_without_a_sequence_is_not_of_an_entry_that_names_one_and_the_next_entry_may_take_it(string record)
    {
        const string Ordered = """{"type":"t","match":[{"pointer":"/k"}],"stream":"/k","sequence":"/v"}""";
        const string Plain = """{"type":"plain","match":[{"pointer":"/k"}],"stream":"/k"}""";

        Read(record, Ordered).Type.Should().Be("data.unclassified");
        Read(record, Catalog(Ordered, Plain)).Should().ContainSingle().Which.Type.Should().Be("plain");
        Encoding.UTF8.GetString(Read(record, Catalog(Ordered, Plain))[0].Envelope.Span).Should().NotContain("dteproducersequence");
    }

    [Fact]
    public void A_prefix_of_the_stream_stands_before_each_of_several() =>
        Read("""{"b":"1"}""", """{"type":"t","match":[{"pointer":"/b"}],"stream":["/a","x{/b}"],"streamPrefix":"p-"}""").Stream.Value.Should().Be("p-x1");

    [Fact]
    public void A_type_that_is_too_long_or_no_text_leaves_the_record_unclassified()
    {
        const string Entry = """{"type":"{/t}","match":[{"pointer":"/t"}],"stream":"/t"}""";

        Read($$"""{"t":"{{new string('x', 256)}}"}""", Entry).Type.Should().HaveLength(256);
        Read($$"""{"t":"{{new string('x', 257)}}"}""", Entry).Type.Should().Be("data.unclassified");
        Read("""{"t":"a\u0000"}""", Entry).Type.Should().Be("data.unclassified");
    }

    [Theory]
    [InlineData("""{"pointer":"/a","exists":true}""", """{"a":null}""", true)]
    [InlineData("""{"pointer":"/a","exists":true}""", """{"b":1}""", false)]
    [InlineData("""{"pointer":"/a","exists":false}""", """{"b":1}""", true)]
    [InlineData("""{"pointer":"/a","exists":false}""", """{"a":null}""", false)]
    [InlineData("""{"pointer":"/a","in":["x",1,null]}""", """{"a":1}""", true)]
    [InlineData("""{"pointer":"/a","in":["x",1,null]}""", """{"a":null}""", true)]
    [InlineData("""{"pointer":"/a","in":["x",1,null]}""", """{"a":"1"}""", false)]
    [InlineData("""{"pointer":"/a","prefix":"in"}""", """{"a":"invoice"}""", true)]
    [InlineData("""{"pointer":"/a","prefix":"in"}""", """{"a":"\u0069nvoice"}""", true)]
    [InlineData("""{"pointer":"/a","prefix":"é"}""", """{"a":"été"}""", true)]
    [InlineData("""{"pointer":"/a","prefix":"1"}""", """{"a":12}""", false)]
    [InlineData("""{"pointer":"/a","prefix":"in"}""", """{"a":"i"}""", false)]
    [InlineData("""{"pointer":"/a","type":"object"}""", """{"a":{}}""", true)]
    [InlineData("""{"pointer":"/a","type":"array"}""", """{"a":{}}""", false)]
    [InlineData("""{"pointer":"/a","type":"boolean"}""", """{"a":false}""", true)]
    [InlineData("""{"pointer":"/a","type":"boolean"}""", """{"a":true}""", true)]
    [InlineData("""{"pointer":"/a","type":"number"}""", """{"a":1e3}""", true)]
    [InlineData("""{"pointer":"/a","type":"null"}""", """{"b":null}""", false)]
    [InlineData("""{"pointer":"/a","type":"string","prefix":"x"}""", """{"a":"xy"}""", true)]
    [InlineData("""{"not":{"pointer":"/a","equals":1}}""", """{"a":2}""", true)]
    [InlineData("""{"not":{"pointer":"/a","equals":1}}""", """{"a":1}""", false)]
    [InlineData("""{"any":[{"pointer":"/a"},{"pointer":"/b"}]}""", """{"b":1}""", true)]
    [InlineData("""{"any":[{"pointer":"/a"},{"pointer":"/b"}]}""", """{"c":1}""", false)]
    [InlineData("""{"all":[{"pointer":"/a"},{"any":[{"pointer":"/b"},{"not":{"pointer":"/c"}}]}]}""", """{"a":1}""", true)]
    [InlineData("""{"all":[{"pointer":"/a"},{"any":[{"pointer":"/b"},{"not":{"pointer":"/c"}}]}]}""", """{"a":1,"c":1}""", false)]
    public void An_entry_takes_a_record_only_if_its_condition_holds(string condition, string record, bool holds)
    {
        record = $$"""{"k":"s",{{record[1..]}}""";

        Read(record, $$"""{"type":"t","match":{{condition}},"stream":"/k"}""").Type.Should().Be(holds ? "t" : "data.unclassified");
        Read(record, $$"""{"type":"t","match":[{"pointer":"/k"},{{condition}}],"stream":"/k"}""").Type.Should().Be(holds ? "t" : "data.unclassified");
    }

    [Theory]
    [InlineData("""{"Headers":{"X-GITHUB-EVENT":"push"},"ID":1}""")]
    [InlineData("""{"headers":{"x-github-event":"push"},"id":1}""")]
    [InlineData("""{"headers":{"x-github-event":"ping"},"HEADERS":{"X-GitHub-Event":"push"},"Id":1}""")]
    public void Names_are_found_in_any_case_where_the_catalog_says_so(string record)
    {
        const string Entries = """[{"type":"{/headers/X-GitHub-Event}","match":[{"pointer":"/headers/x-github-event"}],"stream":"/id"}]""";

        Read(record, EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","ignoreCase":true,"events":{{Entries}}}"""))).Single().Type.Should().Be("push");
    }

    [Theory]
    [InlineData("""{"device":{"id":"d9"},"readings":{"t":1},"device":{"name":"x"},"messageId":"dupn"}""", "data.unclassified")]
    [InlineData("""{"device":{"id":"d9"},"device":{"id":"d8"}}""", "d8")]
    [InlineData("""{"device":{"id":"d9"},"device":7}""", "data.unclassified")]
    [InlineData("""{"device":{"id":"d9"},"device":{"id":{"a":1}}}""", "data.unclassified")]
    [InlineData("""{"device":{"id":"d9"},"\u0064evice":{"id":"d8"}}""", "d8")]
    [InlineData("""{"device":7,"device":{"id":"d9"}}""", "d9")]
    public void The_last_member_of_a_name_counts_on_the_way_of_a_pointer_too(string record, string stream)
    {
        var read = Read(record, """{"type":"t","match":[{"pointer":"/device/id"}],"stream":"/device/id"}""");

        (read.Type == "t" ? read.Stream.Value : read.Type).Should().Be(stream);
    }

    [Fact]
    public void Each_element_is_an_event_with_the_record_around_at_hand()
    {
        var events = Read(
            """{"owner":"1","logGroup":"g","logEvents":[{"id":"a","timestamp":1767225600123,"message":"x"}, {"id":"b","timestamp":1767225600124,"message":"y"}]}""",
            Catalog("""{"type":"log.{parent:/logGroup}","match":[{"pointer":"/logGroup"}],"each":"/logEvents","stream":"{parent:/owner}/{parent:/logGroup}","id":"/id","time":"/timestamp"}"""));

        events.Select(read => (read.Type, read.Stream.Value, read.Id.Value, read.Time, Sample.Text(read.Payload()))).Should().Equal(
            ("log.g", "1/g", "a", "2026-01-01T00:00:00.123Z", """{"id":"a","timestamp":1767225600123,"message":"x"}"""),
            ("log.g", "1/g", "b", "2026-01-01T00:00:00.124Z", """{"id":"b","timestamp":1767225600124,"message":"y"}"""));
    }

    [Fact]
    public void An_element_that_has_no_stream_is_unclassified_and_not_lost() =>
        Read("""{"list":[{"k":"1"},{"x":2}]}""", Catalog("""{"type":"t","match":[{"pointer":"/list"}],"each":"/list","stream":"/k"}"""))
            .Select(read => (read.Type, Sample.Text(read.Payload()))).Should().Equal(("t", """{"k":"1"}"""), ("data.unclassified", """{"x":2}"""));

    [Fact]
    public void SenML_has_its_base_in_the_first_element() =>
        Read("""[{"bn":"urn:dev:1:","bt":1276020076,"n":"temp","v":23.1},{"n":"hum","t":-5,"v":67}]""", Catalog(
            """{"type":"senml","match":[{"pointer":"/0/bn"}],"each":"","stream":"{parent:/0/bn}{/n}","time":{"pointer":"/t","base":"parent:/0/bt","unit":"s"}}"""))
            .Select(read => (read.Stream.Value, read.Time)).Should().Equal(("urn:dev:1:temp", "2010-06-08T18:01:16.000Z"), ("urn:dev:1:hum", "2010-06-08T18:01:11.000Z"));

    [Fact]
    public void An_entry_without_a_type_leaves_each_element_to_the_other_entries() =>
        Read($$"""[{"a":"1"},{{Sample.CloudEvent()}},{"b":2},[{"a":"1"}]]""", Catalog(
            """{"match":[{"pointer":"","type":"array"}],"each":""}""", """{"type":"t","match":[{"pointer":"/a"}],"stream":"/a"}"""))
            .Select(read => read.Type).Should().Equal("t", "shop.sold", "data.unclassified", "data.unclassified");

    [Theory]
    [InlineData("""{"list":[]}""")]
    [InlineData("""{"list":[1,2]}""")]
    [InlineData("""{"list":[{"k":1},2]}""")]
    [InlineData("""{"list":{"k":1}}""")]
    [InlineData("""{"list":null}""")]
    public void What_is_no_list_of_objects_is_one_event_with_all_its_bytes(string record)
    {
        var read = Read(record, """{"type":"t","match":[{"pointer":"/list"}],"each":"/list","stream":"/k"}""");

        (read.Type, Sample.Text(read.Payload())).Should().Be(("data.unclassified", record));
    }

    [Fact]
    public void Whatever_catalog_and_record_are_nothing_breaks_and_no_record_is_nothing()
    {
        var pointer = Gen.OneOf("/a", "/a/b", "/b", "", "/0", "parent:/a", "{/a}-{/b}", "x{parent:/b}");
        var pointers = Gen.OneOf(pointer.Select(one => $"\"{one}\""), pointer.Array[1, 3].Select(several => $"[{string.Join(',', several.Select(one => $"\"{one}\""))}]"));
        var condition = Gen.Select(Gen.OneOf("/a", "/b", "/a/b", ""), Gen.OneOf("", ",\"exists\":false", ",\"type\":\"array\"", ",\"type\":\"object\"", ",\"prefix\":\"x\"", ",\"in\":[1,\"x\"]"), (at, test) => $$"""{"pointer":"{{at}}"{{test}}}""");
        var entry = Gen.Select(pointers, pointers, pointers, condition, Gen.OneOf("", ",\"each\":\"/a\"", ",\"each\":\"\""), Gen.Bool, (stream, id, time, match, each, typed) =>
            typed ? $$"""{"type":"t","match":{{match}},"stream":{{stream}},"id":{{id}},"time":{{time}}{{each}}}""" : $$"""{"match":{{match}}{{(each.Length == 0 ? ",\"each\":\"/b\"" : each)}}}""");
        var record = Gen.OneOf(Gens.Record, Gens.Json.Array[0, 4].Select(values => Sample.Utf8($$"""{"a":[{{string.Join(',', values)}}],"b":"x"}""")), Gens.Json.Array[0, 4].Select(values => Sample.Utf8($"[{string.Join(',', values)}]")));
        Gen.Select(entry.Array[1, 4], record).Sample((entries, bytes) =>
        {
            EventCatalog catalog;
            try
            {
                catalog = EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{string.Join(',', entries)}}]}"""));
            }
            catch (CatalogException)
            {
                return true;
            }

            return Sample.Events(bytes, catalog).Length > 0;
        });
    }

    private static EventCatalog Catalog(params string[] entries) => EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{string.Join(',', entries)}}]}"""));

    private static DataEvent Read(string record, string entry) => Read(record, Catalog(entry)).Should().ContainSingle().Subject;

    private static DataEvent[] Read(string record, EventCatalog catalog) => Sample.Events(Sample.Utf8(record), catalog);
}
