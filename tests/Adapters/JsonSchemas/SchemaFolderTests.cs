using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Adapters.Tests.JsonSchemas;

public sealed class SchemaFolderTests : IDisposable
{
    private const string Order = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/order-1.2.json","type":"object","required":["orderId"],
         "properties":{"orderId":{"type":"string","pattern":"^[0-9]+$"},"lines":{"type":"array","items":{"$ref":"#/$defs/line"}}},
         "$defs":{"line":{"type":"object","properties":{"count":{"type":"integer","minimum":1}}}},"additionalProperties":{"type":"number"}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("schemas-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"orderId":"17","lines":[{"count":1}],"n":1.0}""", null)]
    [InlineData("""{"lines":[{"count":0}]}""", "/required, /$defs/line/properties/count/minimum")]
    [InlineData("""{"orderId":"secret"}""", "/properties/orderId/pattern")]
    [InlineData("""{"orderId":"1","secret":"secret"}""", "/additionalProperties/type")]
    [InlineData("[]", "/type")]
    public void What_does_not_hold_is_named_by_its_place_in_the_schema(string payload, string? misfit)
    {
        var schema = Open(Order);

        schema.Uri.Should().Be("https://example.com/order-1.2.json");
        schema.MisfitOf(Encoding.UTF8.GetBytes(payload)).Should().Be(misfit);
    }

    [Fact]
    public void Many_misfits_are_counted() =>
        Open("""{"required":["a"],"minProperties":9,"properties":{"a":false,"b":{"type":"string","minimum":2},"c":{"type":"string"},"d":{"type":"string"},"e":{"type":"string"}}}""")
            .MisfitOf("""{"b":1,"c":1,"d":1,"e":1}"""u8.ToArray()).Should().EndWith(" and 2 more");

    [Fact]
    public void A_schema_without_an_id_has_the_name_of_its_file() => Open("{}").Uri.Should().Be("urn:schema:order.schema.json");

    [Fact]
    public void One_name_may_be_read_twice() => (Open(Order).Uri, Open(Order).Uri).Item2.Should().Be("https://example.com/order-1.2.json");

    [Fact]
    public void A_payload_that_is_nested_too_deep_for_the_stack_does_not_fit()
    {
        var payload = $"{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}1{new string('}', 100_000)}";

        Open("""{"$id":"https://example.com/deep","properties":{"a":{"$ref":"#"}}}""").MisfitOf(Encoding.UTF8.GetBytes(payload)).Should().Be("more than 128 nested levels");
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"pattern":"^(a+)+$"}}}""", "/properties/a/pattern")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"pattern":"^(a+)+$"}}}""", "/properties/a/pattern")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$ref":"#/definitions/a"}},"definitions":{"a":{"pattern":"^(a+)+$"}}}""", "/definitions/a/pattern")]
    [InlineData("""{"properties":{"a":{"pattern":"^([a-z]|\\w)*\\d$"}}}""", "/properties/a/pattern")]
    [InlineData("""{"properties":{"a":{"pattern":"^(?=(a+)+$)(a|aa)+$"}}}""", "a pattern took too long")]
    [InlineData("""{"patternProperties":{"^(b|bb)+$":false}}""", null)]
    public void A_pattern_that_backtracks_for_ever_does_not_hold_up_the_path(string schema, string? misfit)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', 100_000)}}!","{{new string('b', 100_000)}}!":1}""");

        Open(schema).MisfitOf(payload).Should().Be(misfit);
    }

    [Theory]
    [InlineData(@"^\d+$", "17", "١٧")]
    [InlineData(@"^[\d.]+$", "1.7", "١.٧")]
    [InlineData(@"^\w+$", "a_1", "é")]
    [InlineData(@"^[^\w]+$", "é", "a")]
    [InlineData(@"^\s$", "\t", "\u00a0")]
    [InlineData(@"^\D\W\S$", "é-x", "1-x")]
    [InlineData(@"^a\.b\/[\]x-]$", "a.b/]", "a.b/[")]
    [InlineData(@"\bsold\b", "is sold.", "unsold")]
    [InlineData(@"^(a|b)\1$", "aa", "ab")]
    [InlineData(@"^(?!test).+$", "live", "test-1")]
    [InlineData(@"^[a-z\D]+$", "ab", "1")]
    public void A_pattern_means_what_it_means_in_ECMAScript(string pattern, string fits, string misfits)
    {
        var schema = Open(JsonSerializer.Serialize(new { pattern }));

        schema.MisfitOf(JsonSerializer.SerializeToUtf8Bytes(fits)).Should().BeNull();
        schema.MisfitOf(JsonSerializer.SerializeToUtf8Bytes(misfits)).Should().Be("/pattern");
    }

    [Fact]
    public void Names_that_fit_a_pattern_are_no_additional_ones()
    {
        var schema = Open("""{"additionalProperties":false,"properties":{"b":true},"patternProperties":{"^a":{"type":"number"}}}""");

        schema.MisfitOf("""{"a1":1,"b":1}"""u8.ToArray()).Should().BeNull();
        schema.MisfitOf("""{"a1":""}"""u8.ToArray()).Should().EndWith("/type");
        schema.MisfitOf("""{"c":1}"""u8.ToArray()).Should().NotBeNull();
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"type":"nothing"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/elsewhere"}}}""")]
    public void What_is_no_schema_that_can_be_used_is_refused(string text) => FluentActions.Invoking(() => Open(text)).Should().Throw<CatalogException>().WithMessage("order.schema.json is no JSON Schema that can be used: *");

    [Theory]
    [InlineData("missing.json", "The schema missing.json, which must lie beside the catalog, cannot be read: *")]
    [InlineData("../order.json", "\"../order.json\" must be the name of a file beside the catalog.")]
    [InlineData("..", "\"..\" must be the name of a file beside the catalog.")]
    public void A_file_that_is_not_beside_the_catalog_is_refused(string name, string error) =>
        FluentActions.Invoking(() => SchemaFolder.Beside(Path.Combine(_folder.FullName, "catalog.json")).Open(name)).Should().Throw<CatalogException>().WithMessage(error);

    private IPayloadSchema Open(string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "order.schema.json"), text);
        return SchemaFolder.Beside(Path.Combine(_folder.FullName, "catalog.json")).Open("order.schema.json");
    }
}
