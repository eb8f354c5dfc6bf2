using DataToEvents.Commands;
using DataToEvents.Operator.Reference;

namespace DataToEvents.Operator.Tests.Reference;

public sealed class ReferenceTests
{
    private static readonly string Committed = Path.Combine(Root(), "docs", "events");

    [Fact]
    public void The_committed_reference_is_that_of_the_catalog_that_is_shipped()
    {
        foreach (var (name, text) in ReferenceFiles.Of(CatalogDocument.Parse(CatalogArgument.Shipped())))
        {
            File.ReadAllText(Path.Combine(Committed, name)).Should().Be(text, "docs/events/{0} is made by: dotnet run --project tools/Operator -- reference --out docs/events", name);
        }
    }

    [AsyncApiTheory]
    [InlineData(null)]
    [InlineData("examples/earthquakes.catalog.json")]
    public void The_document_is_AsyncAPI_by_its_own_schema_and_its_examples_by_theirs(string? catalog)
    {
        var bytes = catalog is null ? CatalogArgument.Shipped() : File.ReadAllBytes(Path.Combine(Root(), catalog));
        var file = Path.GetTempFileName();
        File.WriteAllText(file, ReferenceFiles.Of(CatalogDocument.Parse(bytes))["asyncapi.json"]);

        var (exitCode, said) = AsyncApiSchema.Run(file);

        exitCode.Should().Be(0, said);
        File.Delete(file);
    }

    [Fact]
    public void A_catalogs_entries_become_what_a_payload_must_hold_and_what_is_dropped_is_no_event()
    {
        var catalog = CatalogDocument.Parse(Encoding.UTF8.GetBytes(
            """
            {"source":"urn:x","events":[
              {"type":"noise","match":[{"pointer":"/noise"}],"drop":true},
              {"type":"a.b","match":[{"pointer":"/kind","equals":"a"},{"pointer":"/x~1y/z"}],"stream":"/x~1y/k","streamPrefix":"s-","time":"/at"}]}
            """));

        var type = catalog.Types.Should().ContainSingle().Subject;
        PayloadSchema.Of(type).ToJsonString().Should().Be(
            """{"type":"object","properties":{"kind":{"const":"a"},"x/y":{"type":"object","properties":{"z":{},"k":{"type":["string","number"],"description":"Names the stream: s-KEY."}},"required":["z","k"]},"at":{"anyOf":[{"type":"string","format":"date-time"},{"type":"number","description":"Since 1970: seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19)."}],"description":"When it happened; without it, when it was accepted."}},"required":["kind","x/y"]}""");
        EventPage.Of(catalog, _ => null).Should().Contain("| [`a.b`](#ab) | `/kind` = `\"a\"`, `/x~1y/z` | `s-` + `/x~1y/k` |  | `/at` |").And.NotContain("noise");
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
