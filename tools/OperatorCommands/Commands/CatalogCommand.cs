using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Domain.Catalog;
using DataToEvents.Operator.Catalogs;
using DataToEvents.Recovery.Commands;
using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Commands;

/// <summary><c>catalog</c>: whether a catalog is sound and understands records, and what a new one breaks.</summary>
internal static class CatalogCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The event catalog" };
    private static readonly Argument<string> Old = new("OLD") { Description = "The catalog that consumers know" };
    private static readonly Argument<string> New = new("NEW") { Description = "The catalog that is to replace it" };
    private static readonly Option<string?> Input = Arguments.File("--input", "Records to try, one a line");

    public static Command Create(Runner runner) => new("catalog", "Checks an event catalog, and compares two.")
    {
        runner.Compute(
            new Command("check", "Reads a catalog, and says of each record what its events are and why. Ends with 1 if the catalog is broken or a record is not understood.") { File, Input },
            (printer, parsed) => Check(printer, parsed.GetRequiredValue(File), parsed.GetValue(Input))),
        runner.Compute(
            new Command("diff", "Says what a new catalog breaks for consumers of the old one. Ends with 1 if it breaks something.") { Old, New },
            (printer, parsed) => Compare(printer, parsed.GetRequiredValue(Old), parsed.GetRequiredValue(New))),
    };

    private static int Check(Printer printer, string file, string? input)
    {
        if (Read(printer, file) is not { } json)
        {
            return ExitCode.Incomplete;
        }

        if (input is null)
        {
            printer.Say($"{file} is sound.");
            printer.Set("sound", true);
            return ExitCode.Success;
        }

        if (InputFile.Complaint(input) is { } complaint)
        {
            throw new UserErrorException($"--input: {complaint}");
        }

        using var records = System.IO.File.OpenRead(input);
        return new CatalogCheck(CatalogArgument.Parse(json)).Run(new LineReader(records), printer) ? ExitCode.Success : ExitCode.Incomplete;
    }

    private static int Compare(Printer printer, string old, string @new) =>
        Read(printer, old) is { } before && Read(printer, @new) is { } after && CatalogDiff.Of(before, after, SchemasOf(old), SchemasOf(@new)).Print(printer) ? ExitCode.Success : ExitCode.Incomplete;

    /// <summary>Gives the schemas beside a catalog.</summary>
    private static Func<string, JsonElement> SchemasOf(string catalog) => name =>
    {
        try
        {
            _ = SchemaFolder.Beside(catalog).Open(name);
            return JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(catalog))!, name))).RootElement;
        }
        catch (CatalogException fault)
        {
            throw new UserErrorException($"{catalog}: {fault.Message}");
        }
    };

    /// <summary>Null if it is no catalog; then the error is printed already.</summary>
    private static byte[]? Read(Printer printer, string file)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new UserErrorException($"there is no catalog '{file}'; allowed: a file that exists.");
        }

        try
        {
            var json = System.IO.File.ReadAllBytes(file);
            _ = CatalogArgument.Parse(json);
            return json;
        }
        catch (CatalogException fault)
        {
            printer.Terminal.Complain($"{file} is not a catalog: {fault.Message}");
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The catalog {file} cannot be read: {fault.Message}");
        }
    }
}
