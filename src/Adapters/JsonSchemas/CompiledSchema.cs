using DataToEvents.Domain.Catalog;
using Json.Schema;

namespace DataToEvents.Adapters.JsonSchemas;

/// <summary>A JSON Schema (2020-12). It is compiled once.</summary>
public sealed class CompiledSchema : IPayloadSchema
{
    /// <summary>A recursive schema needs more stack for each nested level of the payload.</summary>
    private const int MaxDepth = 128;

    private const int MostNamed = 5;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = MaxDepth };
    private static readonly EvaluationOptions Listing = new() { OutputFormat = OutputFormat.List };

    private static readonly Dialect Bounded = WithBoundedPatterns(Dialect.Draft202012);

    // A schema's own $schema names its dialect.
    private static readonly DialectRegistry Dialects = Registry();

    private readonly JsonSchema _schema;

    private CompiledSchema(JsonSchema schema, string uri) => (_schema, Uri) = (schema, uri);

    /// <summary>Its <c>$id</c>; without one, the name of its file as <c>urn:schema:NAME</c>.</summary>
    public string Uri { get; }

    /// <param name="text">The schema.</param>
    /// <param name="name">The name of its file.</param>
    /// <exception cref="CatalogException">It is no JSON Schema, or it refers to another file.</exception>
    public static CompiledSchema Read(string text, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var id = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("$id", out var given) && System.Uri.TryCreate(given.GetString(), UriKind.Absolute, out var absolute)
                ? absolute.OriginalString
                : $"urn:schema:{System.Uri.EscapeDataString(name)}";

            RefuseReferences(json.RootElement);

            // Schemas of one name may stand in several catalogs of a process.
            var schema = JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Bounded, DialectRegistry = Dialects }, new System.Uri(id));
            using var any = JsonDocument.Parse("{}");
            schema.Evaluate(any.RootElement);
            return new CompiledSchema(schema, id);
        }
        catch (Exception fault) when (fault is not CatalogException)
        {
            throw new CatalogException($"{name} is no JSON Schema that can be used: {fault.Message}");
        }
    }

    private static DialectRegistry Registry()
    {
        var registry = new DialectRegistry();
        foreach (var dialect in new[] { Dialect.Draft06, Dialect.Draft07, Dialect.Draft201909, Dialect.V1_2026 })
        {
            registry.Register(WithBoundedPatterns(dialect));
        }

        registry.Register(Bounded);
        return registry;
    }

    /// <summary>The last of several handlers of a keyword counts.</summary>
    private static Dialect WithBoundedPatterns(Dialect dialect) => dialect.With([new BoundedPattern(), new BoundedPatternProperties()], dialect.Id);

    /// <summary>A reference to another file would otherwise fail only at the first payload that needs it.</summary>
    private static void RefuseReferences(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in schema.EnumerateArray())
            {
                RefuseReferences(element);
            }
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in schema.EnumerateObject())
            {
                if (member is { Name: "$ref" or "$dynamicRef", Value.ValueKind: JsonValueKind.String } && member.Value.GetString()!.StartsWith('#') is false)
                {
                    throw new FormatException($"{member.Name} must begin with #, and is \"{member.Value.GetString()}\".");
                }

                RefuseReferences(member.Value);
            }
        }
    }

    /// <inheritdoc/>
    public string? MisfitOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var payload = JsonDocument.Parse(json, Shallow);
            if (_schema.Evaluate(payload.RootElement).IsValid)
            {
                return null;
            }

            // The place in the schema, because a place in the payload would show the producer's names.
            var failed = (_schema.Evaluate(payload.RootElement, Listing).Details ?? [])
                .SelectMany(static part => part.Errors ?? [], static (part, error) => $"{part.SchemaLocation.Fragment.TrimStart('#')}/{error.Key}")
                .Distinct()
                .ToList();
            return failed.Count <= MostNamed ? string.Join(", ", failed) : $"{string.Join(", ", failed.Take(MostNamed))} and {failed.Count - MostNamed} more";
        }
        catch (JsonException)
        {
            return $"more than {MaxDepth} nested levels";
        }
        catch (RefResolutionException)
        {
            return "a $ref that leads nowhere";
        }
        catch (RegexMatchTimeoutException)
        {
            return "a pattern took too long";
        }
    }
}
