using DataToEvents.Emulator.Http.S3;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>The README's table of what S3's operations honour.</summary>
public class S3TableTests
{
    [Fact]
    public void The_README_lists_what_each_operation_honours()
    {
        var rows = S3Request.Operations.Select(operation => $"| {operation.Key} | {Names(operation.Value.Query)} | {Names(operation.Value.Headers)} |");

        File.ReadAllText(Path.Combine(Root(), "emulator", "README.md")).Should().Contain(string.Join('\n', rows));
    }

    private static string Names(IEnumerable<S3Term> terms) =>
        string.Join(", ", terms.Select(term => term.Values.Length is > 0 and < 4 ? $"`{term.Name}` ({string.Join(", ", term.Values.Where(value => value.Length > 0))})" : $"`{term.Name}`"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
