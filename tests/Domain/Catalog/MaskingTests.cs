using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

public sealed class MaskingTests
{
    private const string Key = "a key of sixteen bytes or more";
    private const string Hash = "[0-9a-f]{64}";
    private const string Token = "tok_[0-9A-Za-z_-]{22}";

    [Theory]
    [InlineData("""{"o":1,"email":"a@b.se","z":[1.0, null]}""", "remove", """{"o":1,"z":[1.0, null]}""")]
    [InlineData("""{ "email" : "a@b.se" , "o":1}""", "remove", """{ "o":1}""")]
    [InlineData("""{"o":1 , "email":{"a":[1]} }""", "remove", """{"o":1 }""")]
    [InlineData("""{"email":1,"email":2,"o":1,"email":3}""", "remove", """{"o":1}""")]
    [InlineData("""{"o":1,"email":1,"email":2}""", "remove", """{"o":1}""")]
    [InlineData("""{"o":1,"email":null}""", "last4", """{"o":1,"email":null}""")]
    [InlineData("""{"o":1,"email":"4111111111111111"}""", "last4", """{"o":1,"email":"****1111"}""")]
    [InlineData("""{"o":1,"email":4111111111111111}""", "last4", """{"o":1,"email":"****1111"}""")]
    [InlineData("""{"o":1,"email":"1234567"}""", "last4", """{"o":1,"email":"****"}""")]
    [InlineData("""{"o":1,"email":"abcd\"\\ef"}""", "last4", """{"o":1,"email":"****\u0022\\ef"}""")]
    [InlineData("""{"o":1,"email":"😀😀😀😀a😀b😀"}""", "last4", """{"o":1,"email":"****a\uD83D\uDE00b\uD83D\uDE00"}""")]
    [InlineData("""{"o":1,"email":[1,2,3,4,5,6]}""", "last4", """{"o":1,"email":"****"}""")]
    [InlineData("""{"o":1,"\u0065mail":"12345678"}""", "last4", """{"o":1,"\u0065mail":"****5678"}""")]
    public void A_value_is_masked_where_it_stands_and_nothing_else_is_touched(string record, string how, string masked) =>
        Payload(record, Catalog($$"""{"pointer":"/email","how":"{{how}}"}""")).Should().Be(masked);

    [Theory]
    [InlineData("hash", Hash)]
    [InlineData("token", Token)]
    public void A_keyed_mask_is_a_digest_that_only_the_key_can_make_again(string how, string form)
    {
        var catalog = Catalog($$"""{"pointer":"/email","how":"{{how}}"}""");
        var masked = Payload("""{"o":1,"email":"José"}""", catalog);

        masked.Should().MatchRegex($"^.\"o\":1,\"email\":\"{form}\".$");
        Payload("""{"o":1,"email":"Jos\u00e9"}""", Catalog($$"""{"pointer":"/email","how":"{{how}}"}""")).Should().Be(masked, "escapes are only a way of writing");
        Payload("""{"o":1,"email":"Jose"}""", catalog).Should().NotBe(masked);
        Payload("""{"o":1,"email":"José"}""", Catalog($$"""{"pointer":"/email","how":"{{how}}"}""", "another key of sixteen bytes")).Should().NotBe(masked);
    }

    [Fact]
    public void The_same_value_has_the_same_token_in_every_place_and_of_every_entry()
    {
        var catalog = Catalog("""{"pointer":"/email","how":"token"},{"pointer":"/to/0/email","how":"token"}""");

        using var payload = JsonDocument.Parse(Payload("""{"o":1,"email":"a@b.se","to":[{"email":"a@b.se"},{"email":"a@b.se"}]}""", catalog));

        payload.RootElement.GetProperty("to")[0].GetProperty("email").GetString().Should().Be(payload.RootElement.GetProperty("email").GetString());
        payload.RootElement.GetProperty("to")[1].GetProperty("email").GetString().Should().Be("a@b.se", "no pointer names it");
    }

    [Fact]
    public void An_element_or_a_payload_that_is_removed_is_null_so_that_the_others_keep_their_places()
    {
        Payload("""{"o":1,"email":[1,"x",3]}""", Catalog("""{"pointer":"/email/1","how":"remove"}""")).Should().Be("""{"o":1,"email":[1,null,3]}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "volatile": ["/n"]""")]
    public void An_event_that_was_released_from_quarantine_keeps_the_masks_that_it_has(string member)
    {
        var catalog = Parse($$"""{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","id":"/o","mask":[{"pointer":"/email","how":"token"}]{{member}}}""");
        var masked = Sample.Events("""{"o":"1","n":1,"email":"a@b.se"}"""u8.ToArray(), catalog).Single();

        string PayloadUnder(EventId id) => Encoding.UTF8.GetString(Sample.Events(Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{id}}","source":"{{masked.Source}}","type":"t","subject":"1","time":"{{masked.Time}}","dteconflictswith":"1","data":{{Encoding.UTF8.GetString(masked.Payload()!)}}}"""),
            catalog).Single().Payload()!);

        PayloadUnder(ReleasedEvent.IdOf(masked.Id, masked.ContentHash())).Should().Be(Encoding.UTF8.GetString(masked.Payload()!));
        PayloadUnder(new EventId("1~" + new string('A', DataEvent.ContentHashLength))).Should().NotContain(Encoding.UTF8.GetString(masked.Payload()!), "an id that proves nothing spares no mask");
    }

    [Fact]
    public void Stream_id_and_time_are_those_of_the_masked_record()
    {
        var catalog = Parse("""{"type":"t","match":[{"pointer":"/o","equals":"secret-7"}],"stream":"/o","streamPrefix":"o-","id":"/e","mask":[{"pointer":"/o","how":"token"},{"pointer":"/e","how":"hash"}]}""");

        var masked = Sample.Events("""{"o":"secret-7","e":"secret-8"}"""u8.ToArray(), catalog).Single();

        masked.Type.Should().Be("t");
        masked.Stream.Value.Should().MatchRegex($"^o-{Token}$");
        masked.Id.Value.Should().MatchRegex($"^{Hash}$");
        Sample.Text(masked.Envelope).Should().NotContain("secret");
        Sample.Events("""{"o":"secret-7","e":"secret-8"}"""u8.ToArray(), catalog).Single().Envelope.ToArray().Should().Equal(masked.Envelope.ToArray());
    }

    [Fact]
    public void What_has_no_stream_key_when_it_is_masked_is_unclassified_and_masked()
    {
        var catalog = Parse("""{"type":"t","match":[{"pointer":"/email"}],"stream":"/o","mask":[{"pointer":"/email","how":"last4"}]}""");

        var masked = Sample.Events("""{"email":"secret@example.com"}"""u8.ToArray(), catalog).Single();

        (masked.Type, Sample.Text(masked.Payload()!)).Should().Be(("data.unclassified", """{"email":"****.com"}"""));
    }

    [Fact]
    public void An_integer_that_no_hop_takes_is_none_once_it_is_masked()
    {
        var masked = Sample.Events("""{"o":1,"email":123456789012345678901234567890}"""u8.ToArray(), Catalog("""{"pointer":"/email","how":"last4"}""")).Single();

        Sample.Text(masked.Envelope).Should().EndWith("""
            "data":{"o":1,"email":"****7890"}}
            """.Trim());
    }

    [Theory]
    [InlineData("\"data\":{\"email\":\"secret@example.com\",\"a\":1.0}")]
    [InlineData("\"datacontenttype\":\"application/json\",\"data_base64\":\"eyJlbWFpbCI6InNlY3JldEBleGFtcGxlLmNvbSIsImEiOjEuMH0=\"")]
    public void The_data_of_a_CloudEvent_of_the_entrys_type_is_masked_too(string data)
    {
        var catalog = Parse("""{"type":"shop.sold","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"remove"}]}""");

        Sample.Text(Sample.Events(Sample.Utf8(Sample.CloudEvent(data)), catalog).Single().Payload()!).Should().Be("""{"a":1.0}""");
    }

    [Fact]
    public void Each_line_of_a_record_is_masked()
    {
        var events = Sample.Events(Sample.Utf8("{\"o\":1,\"email\":\"secret@example.com\"}\n{\"o\":2,\"email\":\"secret@example.org\"}"), Catalog("""{"pointer":"/email","how":"last4"}"""));

        events.Select(item => Sample.Text(item.Payload()!)).Should().Equal("""{"o":1,"email":"****.com"}""", """{"o":2,"email":"****.org"}""");
    }

    [Fact]
    public void Without_a_key_a_record_that_needs_one_is_not_read()
    {
        var catalog = EventCatalog.Parse("""{"source":"s","events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"hash"}]}]}"""u8.ToArray());

        FluentActions.Invoking(() => Sample.Events("""{"o":1,"email":"x"}"""u8.ToArray(), catalog)).Should().Throw<InvalidOperationException>().WithMessage("The catalog masks values with a key, and there is none.");
    }

    [Fact]
    public void A_key_is_asked_for_only_if_a_mask_needs_it()
    {
        var asking = () => EventCatalog.Parse(Sample.Utf8("""{"source":"s","events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"MASK"}]}]}""".Replace("MASK", "hash", StringComparison.Ordinal)), () => throw new NotSupportedException("asked"));
        asking.Should().Throw<NotSupportedException>().WithMessage("asked");

        EventCatalog.Parse("""{"source":"s","events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"last4"}]}]}"""u8.ToArray(), () => throw new NotSupportedException("asked")).Should().NotBeNull();
    }

    [Fact]
    public void A_key_that_can_be_guessed_is_refused_and_no_message_holds_a_key()
    {
        FluentActions.Invoking(() => MaskKey.Parse("fifteen letters")).Should().Throw<FormatException>().WithMessage("The key for masks is too short: it must have at least 16 bytes.");
        $"{MaskKey.Parse(Key)}".Should().NotContain(Key);
    }

    [Theory]
    [InlineData("""[]""", "catalog.events[0].mask: expected at least one mask*")]
    [InlineData("""{}""", "catalog.events[0].mask: expected an array*")]
    [InlineData("""[{"pointer":"/a","how":"drop"}]""", "catalog.events[0].mask[0].how: expected remove, hash, token or last4*")]
    [InlineData("""[{"pointer":"a","how":"hash"}]""", "catalog.events[0].mask[0].pointer: expected a JSON pointer*")]
    [InlineData("""[{"how":"hash"}]""", "catalog.events[0].mask[0].pointer: missing*")]
    [InlineData("""[{"pointer":"/a","how":"hash"},{"pointer":"/a","how":"remove"}]""", "catalog.events[0].mask[1]: expected one mask for /a, which has two*")]
    [InlineData("""[{"pointer":"/o/id","how":"remove"}]""", "catalog.events[0].mask[0]: expected a mask that leaves /o/id in the record, because it is the entry's stream*")]
    [InlineData("""[{"pointer":"/o","how":"hash"}]""", "catalog.events[0].mask[0]: expected a mask that leaves /o/id in the record, because it is the entry's stream*")]
    [InlineData("""[{"pointer":"","how":"hash"}]""", "catalog.events[0].mask[0]: expected a mask that leaves /o/id in the record*")]
    public void A_mask_that_makes_no_sense_is_refused_by_its_place(string mask, string error) =>
        FluentActions.Invoking(() => Parse($$"""{"type":"t","match":[{"pointer":"/o"}],"stream":"/o/id","mask":{{mask}}}""")).Should().Throw<CatalogException>().WithMessage(error);

    /// <summary>Objects of a few names, some of them twice, with white space, in any nesting.</summary>
    [Fact]
    public void All_bytes_outside_of_masked_values_are_verbatim_and_no_masked_value_is_left()
    {
        var catalog = Catalog("""{"pointer":"/a","how":"token"},{"pointer":"/b/a","how":"hash"},{"pointer":"/b/0","how":"last4"}""");
        Json(3).Sample(
            body =>
            {
                var record = $$"""{"o":1,{{body}}}""";
                var masked = Payload(record, catalog);

                Unmasked(masked).Should().Be(Unmasked(Expected(record)));
            },
            iter: 2_000);
    }

    [Fact]
    public void What_is_removed_leaves_the_other_members_as_they_were()
    {
        var catalog = Catalog("""{"pointer":"/a","how":"remove"},{"pointer":"/b/a","how":"remove"}""");
        Json(3).Sample(
            body =>
            {
                var masked = Payload($$"""{"o":1,{{body}}}""", catalog);

                using var document = JsonDocument.Parse(masked);
                using var before = JsonDocument.Parse($$"""{"o":1,{{body}}}""");
                document.RootElement.EnumerateObject().Where(member => member.Name != "b").Select(member => member.Name + member.Value.GetRawText())
                    .Should().Equal(before.RootElement.EnumerateObject().Where(member => member.Name is not ("a" or "b")).Select(member => member.Name + member.Value.GetRawText()));
                document.RootElement.EnumerateObject().Where(member => member is { Name: "b", Value.ValueKind: JsonValueKind.Object }).SelectMany(member => member.Value.EnumerateObject())
                    .Select(member => member.Name).Should().NotContain("a");
            },
            iter: 2_000);
    }

    [Fact]
    public void Each_element_is_masked_and_the_record_around_it_is_read_as_it_was_sent()
    {
        var catalog = Parse("""{"type":"t","match":[{"pointer":"/list"}],"each":"/list","stream":"{parent:/owner}-{/email}","mask":[{"pointer":"/email","how":"token"}]}""");

        var events = Sample.Events(Sample.Utf8("""{"owner":"o","list":[{"email":"a@b.se","n":1.0},{"email":"c@d.se"}]}"""), catalog);

        events.Select(item => Sample.Text(item.Payload()!)).Should().SatisfyRespectively(
            first => first.Should().MatchRegex($"^.\"email\":\"{Token}\",\"n\":1.0.$"), second => second.Should().MatchRegex($"^.\"email\":\"{Token}\".$"));
        events.Select(item => item.Stream.Value).Should().OnlyHaveUniqueItems().And.AllSatisfy(stream => stream.Should().MatchRegex($"^o-{Token}$"));
    }

    [Fact]
    public void A_name_in_another_case_is_masked_where_the_catalog_ignores_case()
    {
        var catalog = EventCatalog.Parse(Sample.Utf8(
            """{"source":"s","ignoreCase":true,"events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"remove"}]}]}"""));

        Payload("""{"O":1,"EMail":"a@b.se"}""", catalog).Should().Be("""{"O":1}""");
    }

    [Theory]
    [InlineData("\"stream\":\"x-{/customer/id}\"", "/customer")]
    [InlineData("\"stream\":[\"/customer/id\",\"/o\"]", "/customer/id")]
    [InlineData("\"stream\":\"/o\",\"time\":{\"pointer\":\"/customer/at\"}", "/customer")]
    public void A_mask_that_takes_a_part_of_a_template_a_list_or_a_time_away_is_refused(string members, string masked) =>
        FluentActions.Invoking(() => Parse($$"""{"type":"t","match":[{"pointer":"/o"}],{{members}},"mask":[{"pointer":"{{masked}}","how":"remove"}]}"""))
            .Should().Throw<CatalogException>().WithMessage("*expected a mask that leaves /customer/*");

    [Theory]
    [InlineData("""{"o":"stream-1","a":"secret"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"x","data":{"o":"stream-1","a":"secret"}}""")]
    public void An_event_that_is_sent_in_again_gets_its_masks_once(string record)
    {
        var catalog = Catalog("""{"pointer":"/o","how":"token"},{"pointer":"/a","how":"hash"}""");
        var read = new RecordReader(catalog).Read(Sample.Utf8(record), Sample.Arrival).Single();
        var masked = read.Inline();
        var sent = Sample.Text(read.InlineUnmasked().Envelope);

        var again = Sample.Events(Sample.Utf8(sent.Replace($"\"dteacceptedtime\":\"{Timestamp.Format(Sample.Arrival)}\",", "", StringComparison.Ordinal)), catalog).Single();

        sent.Should().Contain("secret");
        Sample.Text(masked.Envelope).Should().NotContain("secret");
        (again.Key, again.Stream, again.ContentHash()).Should().Be((masked.Key, masked.Stream, masked.ContentHash()));
        again.Payload().Should().Equal(masked.Payload());
    }

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(place => texts[place]);

    private static Gen<string> Json(int depth)
    {
        var scalar = Of("1.0", "\"secret\"", "true", "null", "-0", "\"\\u0041\\\"\"", "\" a\"");
        var space = Of("", " ", "\t ");
        var name = Of("\"a\"", "\"b\"", "\"c\"", "\"\\u0061\"");
        var value = depth == 0
            ? scalar
            : Gen.OneOf(scalar, Json(depth - 1).Select(members => $"{{{members}}}"), scalar.Array[0, 3].Select(items => $"[{string.Join(" ,", items)}]"));
        return Gen.Select(space, name, space, value, space, (s1, n, s2, v, s3) => $"{s1}{n}{s2}:{v}{s3}").Array[1, 4].Select(members => string.Join(',', members));
    }

    /// <summary>A second implementation of the property's masks. It works on byte positions.</summary>
    private static string Expected(string record)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(record));
        var text = new StringBuilder();
        var (at, path) = (0, new Stack<(string? Name, int Index)>());
        string? name = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString();
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    continue;
            }

            if (path.TryPop(out var parent))
            {
                path.Push((parent.Name, parent.Index + 1));
                name ??= $"{parent.Index}";
            }

            var place = string.Concat(path.Reverse().Skip(1).Select(step => $"/{step.Name}").Append(name is null ? "" : $"/{name}"));
            if (place is "/a" or "/b/a" or "/b/0" && reader.TokenType != JsonTokenType.Null)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                text.Append(record, at, start - at).Append("\"****\"");
                at = (int)reader.BytesConsumed;
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Push((name, 0));
            }

            name = null;
        }

        return text.Append(record, at, record.Length - at).ToString();
    }

    private static string Unmasked(string json) => Regex.Replace(json, $"\"({Hash}|{Token}|\\*\\*\\*\\*)\"", "MASKED");

    private static string Payload(string record, EventCatalog catalog) => Sample.Text(Sample.Events(Sample.Utf8(record), catalog).Should().ContainSingle().Subject.Payload()!);

    private static EventCatalog Catalog(string masks, string key = Key) => Parse($$"""{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{{masks}}]}""", key);

    private static EventCatalog Parse(string entry, string key = Key) => EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{entry}}]}"""), () => MaskKey.Parse(key));
}
