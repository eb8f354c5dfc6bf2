using DataToEvents.Domain;
using DataToEvents.Load.Records;

namespace DataToEvents.Operator.Reference;

/// <summary>The event reference: <c>asyncapi.json</c> and <c>README.md</c>. The same catalog makes the same bytes.</summary>
internal static class ReferenceFiles
{
    public static JsonSerializerOptions Form { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static IReadOnlyDictionary<string, string> Of(CatalogDocument catalog)
    {
        var examples = Examples(catalog);
        JsonNode? Example(EventType type) => examples.GetValueOrDefault(type.Type)?.DeepClone();
        return new Dictionary<string, string>
        {
            ["asyncapi.json"] = AsyncApi.Of(catalog, Example).ToJsonString(Form) + "\n",
            ["README.md"] = EventPage.Of(catalog, Example),
        };
    }

    /// <summary>An event of each type that the generator knows how to make.</summary>
    private static Dictionary<string, JsonNode> Examples(CatalogDocument catalog)
    {
        var generator = new RecordGenerator(new RecordOptions());
        var reader = new RecordReader(catalog.Catalog);
        var examples = new Dictionary<string, JsonNode>();
        for (var i = 0; i < RecordGenerator.AllFamilies.Count; i++)
        {
            foreach (var read in reader.Read(generator.Record(i), RecordOptions.Epoch.AddSeconds(1)).Where(read => !read.IsDropped))
            {
                var made = read.Inline();
                examples.TryAdd(made.Type, JsonNode.Parse(made.EnvelopeWith("00000000000000000001").Span)!);
            }
        }

        return examples;
    }
}
