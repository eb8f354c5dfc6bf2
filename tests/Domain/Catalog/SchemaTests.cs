using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

/// <summary>What happens to an event whose payload does not fit its schema. The <see cref="IPayloadSchema"/> is a fake: it refuses every payload that contains "bad".</summary>
public sealed class SchemaTests
{
    private const string Uri = "https://example.com/order-1.2.json";
    private const string Entry = """ "type":"t","match":[{"pointer":"/o"}],"stream":"/o","schema":"order.schema.json" """;

    [Fact]
    public void An_event_that_fits_says_by_which_schema_and_nothing_else_changes()
    {
        var read = Read("""{"o":1,"n":1.0}""", Entry).Single();

        read.Refusal.Should().BeNull();
        Sample.Text(read.Inline().Envelope).Should().Contain($"\"dataschema\":\"{Uri}\"").And.NotContain("dteschemaerror");
        Sample.Text(read.Inline().Payload()!).Should().Be("""{"o":1,"n":1.0}""");
        DataEvent.Parse(read.Inline().Envelope).Stream.Value.Should().Be("1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","invalid":"fail" """)]
    public void An_event_that_does_not_fit_makes_its_record_fail(string invalid) =>
        Read("""{"o":1,"bad":1}""", Entry + invalid).Single().Refusal.Should().Be($"it does not fit the schema {Uri}: /properties/bad \"no\"");

    [Fact]
    public void An_event_that_is_marked_goes_on_as_it_is_with_the_error()
    {
        var read = Read("""{"o":1,"bad":1.0}""", Entry + ""","invalid":"mark" """).Single();

        read.Refusal.Should().BeNull();
        using var envelope = JsonDocument.Parse(read.Inline().Envelope);
        envelope.RootElement.GetProperty("dteschemaerror").GetString().Should().Be("/properties/bad \"no\"");
        envelope.RootElement.GetProperty("dataschema").GetString().Should().Be(Uri);
        envelope.RootElement.GetProperty("data").GetRawText().Should().Be("""{"o":1,"bad":1.0}""");
        DataEvent.Parse(read.Inline().Envelope).ContentHash().Should().Be(read.Inline().ContentHash());
    }

    [Fact]
    public void An_event_that_is_to_be_dropped_is_dropped_and_its_neighbours_are_not() =>
        Read("{\"o\":1}\n{\"o\":2,\"bad\":1}\n{\"o\":3}", Entry + ""","invalid":"drop" """).Select(read => read.IsDropped).Should().Equal(false, true, false);

    [Fact]
    public void A_schema_sees_the_record_as_it_was_sent_and_the_event_is_masked()
    {
        var read = Read("""{"o":1,"bad":"secret"}""", Entry + ""","invalid":"mark","mask":[{"pointer":"/bad","how":"remove"}]""").Single();

        Sample.Text(read.Inline().Envelope).Should().Contain("dteschemaerror").And.NotContain("secret");
    }

    [Theory]
    [InlineData("\"data\":{\"bad\":1}", $"it does not fit the schema {Uri}: /properties/bad \"no\"")]
    [InlineData("\"data\":{\"good\":1}", null)]
    [InlineData("\"data_base64\":\"eyJiYWQiOjF9\"", $"it does not fit the schema {Uri}: /properties/bad \"no\"")]
    [InlineData("\"datacontenttype\":\"text/plain\",\"data\":\"bad\"", null)]
    public void The_data_of_a_CloudEvent_of_the_entrys_type_is_checked_too(string data, string? refusal) =>
        Read(Sample.CloudEvent(data), Entry.Replace("\"t\"", "\"shop.sold\"", StringComparison.Ordinal)).Single().Refusal.Should().Be(refusal);

    [Fact]
    public void The_dataschema_of_a_CloudEvent_is_its_producers()
    {
        var read = Read(Sample.CloudEvent("\"dataschema\":\"urn:theirs\",\"data\":1"), Entry.Replace("\"t\"", "\"shop.sold\"", StringComparison.Ordinal)).Single();

        Sample.Text(read.Inline().Envelope).Should().Contain("\"dataschema\":\"urn:theirs\"").And.NotContain(Uri);
    }

    [Fact]
    public void A_schema_is_opened_once_by_its_name_and_only_if_an_entry_has_one()
    {
        var opened = new List<string>();
        EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{{Entry}}},{"type":"u","match":[{"pointer":"/p"}],"stream":"/p"}]}"""), schemas: Open);

        opened.Should().Equal("order.schema.json");

        FakeSchema Open(string name)
        {
            opened.Add(name);
            return new FakeSchema();
        }
    }

    [Theory]
    [InlineData(""","invalid":"ignore" """, "catalog.events[0].invalid: expected fail, mark or drop*")]
    [InlineData(""","more":1""", "catalog.events[0].more: unknown*")]
    public void An_error_names_its_place(string more, string error) =>
        FluentActions.Invoking(() => Catalog(Entry + more)).Should().Throw<CatalogException>().WithMessage(error);

    [Fact]
    public void Invalid_without_a_schema_is_an_error() =>
        FluentActions.Invoking(() => Catalog("""{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","invalid":"mark"}"""[1..^1]))
            .Should().Throw<CatalogException>().WithMessage("catalog.events[0].invalid: expected a schema beside it*");

    [Fact]
    public void A_schema_that_cannot_be_opened_is_named_with_its_place() =>
        FluentActions.Invoking(() => EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{{Entry}}}]}"""), schemas: _ => throw new CatalogException("it is gone")))
            .Should().Throw<CatalogException>().WithMessage("catalog.events[0].schema: it is gone");

    private static List<ParsedEvent> Read(string record, string entry) => [.. new RecordReader(Catalog(entry)).Read(Sample.Utf8(record), Sample.Arrival)];

    private static EventCatalog Catalog(string entry) => EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{{entry}}}]}"""), schemas: _ => new FakeSchema());

    private sealed class FakeSchema : IPayloadSchema
    {
        string IPayloadSchema.Uri => SchemaTests.Uri;

        public string? MisfitOf(ReadOnlyMemory<byte> json) => Sample.Text(json).Contains("\"bad\"", StringComparison.Ordinal) ? "/properties/bad \"no\"" : null;
    }
}
