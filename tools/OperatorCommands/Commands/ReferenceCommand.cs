using DataToEvents.Domain.Catalog;
using DataToEvents.Operator.Reference;
using DataToEvents.Recovery.Commands;

namespace DataToEvents.Operator.Commands;

/// <summary><c>reference</c>: writes the documentation of a catalog's events.</summary>
internal static class ReferenceCommand
{
    private static readonly Option<string?> Catalog = Arguments.File("--catalog", "The event catalog; the Transformer's own without it");
    private static readonly Option<string> Folder = new("--out") { Description = "Folder to write asyncapi.json and README.md to", HelpName = "DIR", Required = true };

    public static Command Create(Runner runner) => runner.Compute(
        new Command("reference", "Writes the reference of a catalog's events: AsyncAPI 3.0, and a page for people.") { Catalog, Folder }, (_, parsed) => Write(parsed.GetValue(Catalog), parsed.GetValue(Folder)!));

    private static int Write(string? catalog, string folder)
    {
        try
        {
            var document = CatalogDocument.Parse(catalog is null ? CatalogArgument.Shipped() : File.ReadAllBytes(catalog));
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in ReferenceFiles.Of(document))
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }

            return ExitCode.Success;
        }
        catch (CatalogException fault)
        {
            throw new UserErrorException($"--catalog '{catalog}' is no event catalog: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(fault.Message);
        }
    }
}
