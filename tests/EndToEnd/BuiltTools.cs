using System.Reflection;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The executables under test.</summary>
internal static class BuiltTools
{
    public static string Root { get; } = FindRoot();

    /// <summary>The native host, if <c>make package</c> has built it from this code, else that of the build, which needs five times the processor time to start.</summary>
    public static string Local => BuiltPackages.HasHost ? BuiltPackages.Host : OfBuild("local");

    public static string Dte { get; } = OfBuild("dte");

    public static string Generator { get; } = OfBuild("generator");

    public static string Operator { get; } = OfBuild("operator");

    /// <summary>An executable of the build, which .NET compiles while it runs.</summary>
    /// <param name="name"><c>local</c>, <c>generator</c>, <c>operator</c> or <c>dte</c>.</param>
    public static string OfBuild(string name) => Path.Combine(
        Root, "tools", $"{char.ToUpperInvariant(name[0])}{name[1..]}", "bin",
        typeof(BuiltTools).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!, "net10.0", name);

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
