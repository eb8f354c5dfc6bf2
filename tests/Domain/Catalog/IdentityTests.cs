using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

/// <summary>Sources, volatile members and conflicts in the catalog.</summary>
public sealed class IdentityTests
{
    private static readonly EventCatalog Payments = Catalog("""
        { "type": "charge", "match": [{ "pointer": "/charge" }], "stream": "/customer", "id": "/id", "volatile": ["/pending_webhooks", "/data/attempt", "/list/1"] }
        """);

    [Fact]
    public void Each_entry_has_a_source_of_its_own_made_of_its_type_or_named_by_it()
    {
        var catalog = Catalog("""
            { "type": "order", "match": [{ "pointer": "/order" }], "stream": "/k" },
            { "type": "order of ünits", "match": [{ "pointer": "/units" }], "stream": "/k" },
            { "type": "device", "match": [{ "pointer": "/device" }], "stream": "/k", "source": "https://devices.example.com" }
            """);

        string[] records = ["""{"order":1,"k":"k"}""", """{"units":1,"k":"k"}""", """{"device":1,"k":"k"}""", """{"k":"k"}"""];

        records.Select(record => Event(catalog, record).Source).Should().Equal("urn:shop/order", "urn:shop/order%20of%20%C3%BCnits", "https://devices.example.com", "urn:shop");
    }

    [Theory]
    [InlineData("""{"kind":"order","act":"paid","k":"k"}""", "urn:shop/order.paid")]
    [InlineData("""{"kind":"order","act":"ünits 1","k":"k"}""", "urn:shop/order.%C3%BCnits%201")]
    [InlineData("""{"kind":"order","k":"k"}""", "urn:shop/order")]
    public void A_type_that_is_made_of_members_ends_the_source_as_it_is_made(string record, string source)
    {
        var catalog = Catalog("""{ "type": ["{/kind}.{/act}", "{/kind}"], "match": [{ "pointer": "/kind" }], "stream": "/k" }""");

        Event(catalog, record).Source.Should().Be(source);
    }

    [Theory]
    [InlineData("\"source\":\"\"", "catalog.events[0].source: expected a string that is not empty*")]
    [InlineData("\"source\":\"http://[\"", "catalog.events[0].source: expected a URI reference*")]
    [InlineData("\"volatile\":\"/a\"", "catalog.events[0].volatile: expected an array*")]
    [InlineData("\"volatile\":[\"a\"]", "catalog.events[0].volatile[0]: expected a JSON pointer*")]
    [InlineData("\"conflict\":\"last\"", "catalog.events[0].conflict: expected \"quarantine\" or \"first\"*")]
    public void An_error_names_its_place(string member, string error) =>
        FluentActions.Invoking(() => Catalog($$"""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a",{{member}}}""")).Should().Throw<CatalogException>().WithMessage(error);

    [Theory]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":2,"data":{"n":1,"attempt":1},"list":[1,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":{"much":["else"]},"data":{"n":1},"list":[1,[],3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"data":{"attempt":null,"n":1},"list":[1,null,3]}""")]
    [InlineData(""" { "charge" : 1, "id":"c","customer":"a", "amount":1.0, "data":{"n":1},"list":[1,2,3], "pending\u005fwebhooks":0 } """)]
    public void What_differs_in_volatile_members_only_has_one_content(string record)
    {
        var first = Event(Payments, """{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":1,"attempt":1},"list":[1,2,3]}""");

        Event(Payments, record).ContentHash().Should().Be(first.ContentHash());
        DataEvent.Parse(first.Envelope).ContentHash().Should().Be(first.ContentHash());
    }

    [Theory]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.00,"pending_webhooks":1,"data":{"n":1,"attempt":1},"list":[1,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhook":1,"data":{"n":1,"attempt":1},"list":[1,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":2,"attempt":1},"list":[1,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":1,"attempt":1},"list":[2,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":"1","attempt":1},"list":[1,2,3]}""")]
    [InlineData("""{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":1,"attempt":1},"list":[1,2,3,[]]}""")]
    public void Any_other_difference_is_another_content(string record)
    {
        var first = Event(Payments, """{"charge":1,"id":"c","customer":"a","amount":1.0,"pending_webhooks":1,"data":{"n":1,"attempt":1},"list":[1,2,3]}""");

        Event(Payments, record).ContentHash().Should().NotBe(first.ContentHash());
    }

    [Fact]
    public void Two_payloads_have_one_digest_only_if_they_are_equal_but_for_white_space_and_volatile_members()
    {
        var value = Gens.Json.Where(static json => !json.Contains("\"v\"", StringComparison.Ordinal));
        Gen.Select(value, value, Gens.Json, Gens.Json).Sample((one, other, someOfIt, moreOfIt) =>
        {
            string Hash(string json, string changing) => Event(Payments, $$"""{"charge":1,"customer":"a","x":{{json}},"pending_webhooks":{{changing}}}""").ContentHash();
            Hash(one, someOfIt).Should().Be(Hash(one, moreOfIt));
            (Hash(one, someOfIt) == Hash(other, someOfIt)).Should().Be(Tokens(one) == Tokens(other));
        });
    }

    [Fact]
    public void A_volatile_member_reaches_the_consumer_as_it_was_sent()
    {
        const string record = """{"charge":1,"customer":"a","pending_webhooks": 1.0}""";

        Sample.Text(Event(Payments, record).Payload()).Should().Be(record);
    }

    [Fact]
    public void An_entry_may_say_that_the_first_of_a_key_stands()
    {
        var catalog = Catalog("""{"type":"t","match":[{"pointer":"/a"}],"stream":"/a","conflict":"first"},{"type":"u","match":[{"pointer":"/b"}],"stream":"/b","conflict":"quarantine"}""");

        DataEvent.Parse(Event(catalog, """{"a":1}""").Envelope).FirstStands.Should().BeTrue();
        DataEvent.Parse(Event(catalog, """{"b":1}""").Envelope).FirstStands.Should().BeFalse();
    }

    [Fact]
    public void An_entry_that_says_nothing_of_it_adds_nothing_to_the_envelope() =>
        Sample.Text(Sample.Event("""{"orderId":1}""").Envelope).Should().NotContain(ExtensionNames.Content).And.NotContain(ExtensionNames.Conflict);

    [Fact]
    public void An_entry_for_CloudEvents_says_when_two_of_them_are_the_same()
    {
        var catalog = Catalog("""
            { "cloudEvents": true, "match": [{ "pointer": "/type", "equals": "shop.sold" }, { "pointer": "/source", "prefix": "/shops/" }], "volatile": ["/attempt"] },
            { "cloudEvents": true, "match": { "pointer": "/source", "equals": "/first" }, "conflict": "first" }
            """);

        string Sold(string source, int amount, int attempt) => $$$"""{"specversion":"1.0","id":"1","source":"{{{source}}}","type":"shop.sold","subject":"s","data":{"amount":{{{amount}}},"attempt":{{{attempt}}}}}""";
        string Hash(string record) => Event(catalog, record).ContentHash();

        Hash(Sold("/shops/7", 1, attempt: 2)).Should().Be(Hash(Sold("/shops/7", 1, attempt: 1)));
        Hash(Sold("/shops/7", 2, attempt: 1)).Should().NotBe(Hash(Sold("/shops/7", 1, attempt: 1)));
        Hash(Sold("/kiosk", 1, attempt: 2)).Should().NotBe(Hash(Sold("/kiosk", 1, attempt: 1)));
        DataEvent.Parse(Event(catalog, Sold("/shops/7", 1, 1)).Envelope).ContentHash().Should().Be(Hash(Sold("/shops/7", 1, 1)));
        Event(catalog, Sold("/first", 1, 1)).FirstStands.Should().BeTrue();
        Event(catalog, Sold("/shops/7", 1, 1)).FirstStands.Should().BeFalse();
    }

    [Theory]
    [InlineData("\"data\":{\"amount\":1, \"attempt\":1}")]
    [InlineData("\"data_base64\":\"eyJhbW91bnQiOjEsImF0dGVtcHQiOjJ9\"")]
    public void The_data_of_a_CloudEvent_counts_however_it_is_written(string data)
    {
        var catalog = Catalog("""{ "cloudEvents": true, "match": { "pointer": "/specversion" }, "volatile": ["/attempt"] }""");

        Event(catalog, $$"""{"specversion":"1.0","id":"1","source":"/s","type":"t",{{data}}}""").Content
            .Should().Be(Event(catalog, """{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"amount":1}}""").Content).And.NotBeNull();
    }

    [Fact]
    public void An_entry_for_CloudEvents_takes_no_other_records()
    {
        var catalog = Catalog("""{ "cloudEvents": true, "match": { "pointer": "/a" }, "volatile": ["/b"] }, { "type": "a", "match": { "pointer": "/a" }, "stream": "/a" }""");

        Event(catalog, """{"a":1}""").Type.Should().Be("a");
    }

    [Fact]
    public void An_event_of_a_family_that_comes_as_a_CloudEvent_is_compared_as_the_family_is()
    {
        var catalog = Catalog("""
            { "type": "charge.{/state}", "match": [{ "pointer": "/charge" }], "stream": "/customer", "id": "/id", "volatile": ["/pending_webhooks"], "conflict": "first" }
            """);
        const string record = """{"charge":1,"id":"c","customer":"a","state":"paid","pending_webhooks":1}""";
        var first = Event(catalog, record);
        string Again(string source, string type) =>
            $$"""{"specversion":"1.0","id":"c","source":"{{source}}","type":"{{type}}","subject":"a","data":{{record.Replace(":1}", ":2}", StringComparison.Ordinal)}}}""";

        var again = Event(catalog, Again("urn:shop/charge.paid", "charge.paid"));

        (again.ContentHash(), again.FirstStands, again.Key).Should().Be((first.ContentHash(), true, first.Key));
        Event(catalog, Again("urn:elsewhere", "charge.paid")).FirstStands.Should().BeFalse();
        Event(catalog, Again("urn:shop/charge.paid", "charge.refused")).FirstStands.Should().BeFalse();
    }

    [Theory]
    [InlineData("\"cloudEvents\":true", "catalog.events[0]: expected at least one of mask, schema, invalid, volatile, conflict*")]
    [InlineData("\"cloudEvents\":false,\"conflict\":\"first\"", "catalog.events[0].cloudEvents: expected true*")]
    [InlineData("\"cloudEvents\":true,\"conflict\":\"first\",\"stream\":\"/a\"", "catalog.events[0].stream: unknown; allowed are cloudEvents, match, mask, schema, invalid, volatile, conflict*")]
    public void An_entry_for_CloudEvents_says_only_what_they_do_not_say_themselves(string members, string error) =>
        FluentActions.Invoking(() => Catalog($$"""{"match":[{"pointer":"/a"}],{{members}}}""")).Should().Throw<CatalogException>().WithMessage(error);

    private static DataEvent Event(EventCatalog catalog, string record) => Sample.Events(Sample.Utf8(record), catalog).Single();

    private static EventCatalog Catalog(string entries) => EventCatalog.Parse(Sample.Utf8($$"""{"source":"urn:shop","events":[{{entries}}]}"""));

    /// <summary>The tokens as they are written, one a line.</summary>
    private static string Tokens(string json)
    {
        var reader = new Utf8JsonReader(Sample.Utf8(json));
        var tokens = new StringBuilder();
        while (reader.Read())
        {
            tokens.Append(CultureInfo.InvariantCulture, $"{reader.TokenType} {Encoding.UTF8.GetString(reader.ValueSpan)}\n");
        }

        return tokens.ToString();
    }
}
