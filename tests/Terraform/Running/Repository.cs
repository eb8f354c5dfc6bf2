using System.Reflection;

namespace DataToEvents.Terraform.Tests.Running;

internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepoRoot").Value!;

    public static string Configuration => PathOf("terraform");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
