using System.Reflection;

namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>The generator's executable, built with these tests.</summary>
internal static class GeneratorTool
{
    public static string Path { get; } = System.IO.Path.Combine(
        Repository.Root, "tools", "Generator", "bin",
        typeof(GeneratorTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!, "net10.0", "generator");
}
