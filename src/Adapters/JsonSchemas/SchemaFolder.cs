using DataToEvents.Domain.Catalog;

namespace DataToEvents.Adapters.JsonSchemas;

/// <summary>The schemas beside a catalog.</summary>
/// <param name="folder">The catalog's folder.</param>
public sealed class SchemaFolder(string folder)
{
    /// <summary>The schemas in the folder of a catalog's file.</summary>
    public static SchemaFolder Beside(string catalogPath) => new(Path.GetDirectoryName(Path.GetFullPath(catalogPath))!);

    /// <param name="name">A file's name.</param>
    /// <exception cref="CatalogException">There is no such file, or it is no JSON Schema.</exception>
    public IPayloadSchema Open(string name)
    {
        if (name != Path.GetFileName(name) || name is "." or "..")
        {
            throw new CatalogException($"\"{name}\" must be the name of a file beside the catalog.");
        }

        try
        {
            return CompiledSchema.Read(File.ReadAllText(Path.Combine(folder, name)), name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException($"The schema {name}, which must lie beside the catalog, cannot be read: {fault.Message}");
        }
    }
}
