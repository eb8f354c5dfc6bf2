using System.Reflection;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The executables under test, in the folders of the build.</summary>
internal static class BuiltTools
{
    public static string Root { get; } = FindRoot();

    public static string Local { get; } = Tool("Local", "local");

    public static string Dte { get; } = Tool("Dte", "dte");

    public static string Generator { get; } = Tool("Generator", "generator");

    public static string Operator { get; } = Tool("Operator", "operator");

    private static string Tool(string project, string executable) => Path.Combine(
        Root, "tools", project, "bin",
        typeof(BuiltTools).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!, "net10.0", executable);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
