using System.Reflection;
using DuckDB.NET.Native;

namespace DataToEvents.Operator.Lake;

/// <summary>
/// Finds DuckDB's own library, which is not part of the tools: it has 36 to 117 MB for each system, and only who asks a local lake needs it. It is taken from
/// NuGet's folder of packages, where a build of this repository has put it, or the command of the message.
/// </summary>
internal static class DuckDbLibrary
{
    private const string Package = "DuckDB.NET.Bindings.Full";
    private const string ImportedName = "duckdb";

    private static readonly Lock Loading = new();
    private static bool _isResolved;

    private static string Version => typeof(DuckDbLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "DuckDbVersion").Value!;

    /// <summary>Makes the library known to DuckDB.NET. A second call does nothing.</summary>
    /// <exception cref="UserErrorException">The library is not here.</exception>
    public static void Use() => Use(Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));

    /// <param name="packages">NuGet's folder of packages.</param>
    internal static void Use(string packages)
    {
        var path = PathIn(packages);
        if (!File.Exists(path))
        {
            throw new UserErrorException(
                $"a local lake is asked with DuckDB, whose library is not part of this tool because of its size (110 MB to download). Get it once with `dotnet package download {Package}@{Version}`, and ask again. It was looked for at {path}.");
        }

        lock (Loading)
        {
            if (!_isResolved)
            {
                NativeLibrary.SetDllImportResolver(typeof(DuckDBNativeConnection).Assembly, (name, _, _) => name == ImportedName ? NativeLibrary.Load(path) : 0);
                _isResolved = true;
            }
        }
    }

    private static string PathIn(string packages)
    {
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var (system, file) = OperatingSystem.IsWindows() ? ($"win-{processor}", "duckdb.dll")
            : OperatingSystem.IsMacOS() ? ("osx", "libduckdb.dylib")
            : ($"linux-{processor}", "libduckdb.so");
        return Path.Combine(packages, Package.ToLowerInvariant(), Version, "runtimes", system, "native", file);
    }
}
