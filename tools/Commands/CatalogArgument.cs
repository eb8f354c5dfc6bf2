using System.CommandLine;
using System.CommandLine.Parsing;
using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Adapters.Zstd;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Commands;

/// <summary><c>--catalog</c>: what says which stream, type and id a record has. Without it the one that the Transformer ships with.</summary>
public static class CatalogArgument
{
    private const string Resource = "catalog.json";

    public static Option<EventCatalog?> Create(string description = "The event catalog that the path uses; the Transformer's own without it", string name = "--catalog") => new(name)
    {
        Description = $"{description} (a file that exists)",
        HelpName = "FILE",
        CustomParser = Parse,
    };

    public static EventCatalog OrShipped(EventCatalog? given) => given ?? Parse(Shipped());

    /// <summary>Reads a catalog as the Transformer does, with the schemas beside it and the mask key of the environment.</summary>
    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static EventCatalog Read(string file) =>
        EventCatalog.Parse(File.ReadAllBytes(file), MaskKeyVariable.Read, SchemaFolder.Beside(file).Open, [new ZstdUnpacker()]);

    /// <summary>Reads a catalog without its schemas and without a mask key.</summary>
    /// <exception cref="CatalogException">It is not a catalog; the message names the place.</exception>
    public static EventCatalog Parse(byte[] json) => EventCatalog.Parse(json, unpackers: [new ZstdUnpacker()]);

    /// <summary>The catalog that the Transformer ships with.</summary>
    public static byte[] Shipped()
    {
        using var resource = typeof(CatalogArgument).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static EventCatalog? Parse(ArgumentResult result)
    {
        var file = result.Tokens[0].Value;
        try
        {
            return File.Exists(file) ? Read(file) : Refuse("");
        }
        catch (Exception fault) when (fault is CatalogException or IOException or UnauthorizedAccessException)
        {
            return Refuse($" {fault.Message}");
        }

        EventCatalog? Refuse(string why)
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{file}' is not allowed; allowed: a file that exists and is an event catalog.{why}");
            return null;
        }
    }
}
