namespace DataToEvents.Simulation.Tests;

/// <summary>docs/reliability.md.</summary>
internal static class Documentation
{
    public static string[] Lines() => File.ReadAllLines(Find());

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "docs", "reliability.md");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException("docs/reliability.md is in no folder above the test.");
    }
}
