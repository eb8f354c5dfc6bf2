using System.CommandLine;
using DataToEvents.Common.Commands;
using DataToEvents.Domain.Catalog;
using DataToEvents.Generator.Reference;

namespace DataToEvents.Generator.Commands;

internal static class ReferenceCommand
{
    public static Command Create(Terminal terminal)
    {
        var catalog = new Option<string?>("--catalog") { Description = "The event catalog; the Transformer's own without it (a file that exists)", HelpName = "FILE" };
        var folder = new Option<string>("--out") { Description = "Folder to write asyncapi.json and README.md to", HelpName = "DIR", Required = true };
        var command = new Command("reference", "Writes the reference of a catalog's events: AsyncAPI 3.0, and a page for people.") { catalog, folder };
        command.SetAction((parsed, stopping) => WriteAsync(parsed.GetValue(catalog), parsed.GetValue(folder)!, terminal, stopping));
        return command;
    }

    private static async Task<int> WriteAsync(string? catalog, string folder, Terminal terminal, CancellationToken stopping)
    {
        try
        {
            var bytes = catalog is null ? CatalogArgument.Shipped() : await File.ReadAllBytesAsync(catalog, stopping);
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in ReferenceFiles.Of(CatalogDocument.Parse(bytes)))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), text, stopping);
            }

            return ExitCode.Success;
        }
        catch (CatalogException fault)
        {
            return await terminal.RefuseAsync($"--catalog '{catalog}' is no event catalog: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.RefuseAsync(fault.Message);
        }
    }
}
