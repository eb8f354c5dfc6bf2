using System.Reflection;

namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>The tools' executables, built with these tests.</summary>
internal static class Tool
{
    private static readonly string Configuration =
        typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!;

    public static string Generator { get; } = Executable("Generator", "generator");

    public static string Operator { get; } = Executable("Operator", "operator");

    private static string Executable(string project, string name) => Path.Combine(RepositoryFolder.Root, "tools", project, "bin", Configuration, "net10.0", name);
}
