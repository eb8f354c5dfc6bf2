using System.IO.Compression;
using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Adapters.Zstd;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Commands;

/// <summary>A catalog with its schemas in one file, as AWS gets it: <c>catalog.json</c> and the schemas that it names lie at the zip's root.</summary>
public static class CatalogZip
{
    private const string CatalogName = "catalog.json";

    /// <param name="file">A sound catalog, with its schemas beside it.</param>
    public static byte[] Pack(string file)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntryFromFile(file, CatalogName);
            var schemas = SchemaFolder.Beside(file);
            var packed = new HashSet<string>();
            EventCatalog.Parse(File.ReadAllBytes(file), unpackers: [new ZstdUnpacker()], schemas: name =>
            {
                if (packed.Add(name))
                {
                    zip.CreateEntryFromFile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name), name);
                }

                return schemas.Open(name);
            });
        }

        return bytes.ToArray();
    }

    /// <param name="content">The zip.</param>
    /// <param name="maskKey">Asked if a mask needs a key.</param>
    /// <exception cref="CatalogException">It holds no catalog, or one that cannot be used.</exception>
    public static EventCatalog Read(byte[] content, Func<MaskKey> maskKey)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false));
            return EventCatalog.Parse(Entry(zip, CatalogName), maskKey, name => CompiledSchema.Read(Encoding.UTF8.GetString(Entry(zip, name)), name), [new ZstdUnpacker()]);
        }
        catch (InvalidDataException fault)
        {
            throw new CatalogException($"It is not a zip file: {fault.Message}");
        }
    }

    private static byte[] Entry(ZipArchive zip, string name)
    {
        using var entry = (zip.GetEntry(name) ?? throw new CatalogException($"The zip has no {name} at its root.")).Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
