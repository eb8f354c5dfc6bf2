using System.IO.Compression;
using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The zips of <c>make package</c>, unpacked, found by the hash that Lambda says its function's code has.</summary>
internal sealed class FunctionPackages
{
    private readonly Dictionary<string, string> _folders;

    private FunctionPackages(Dictionary<string, string> folders) => _folders = folders;

    public static FunctionPackages Unpack(string artifacts, string into)
    {
        var folders = new Dictionary<string, string>();
        foreach (var zip in Directory.EnumerateFiles(artifacts, "*.zip"))
        {
            var folder = Path.Combine(into, Path.GetFileNameWithoutExtension(zip));
            // Keeps the file modes of the zip. Lambda could not start a file without the execute bit either.
            ZipFile.ExtractToDirectory(zip, folder);
            using var file = File.OpenRead(zip);
            folders[Convert.ToBase64String(SHA256.HashData(file))] = folder;
        }

        return new FunctionPackages(folders);
    }

    /// <exception cref="DeploymentException">What is deployed is not what was built.</exception>
    public string BootstrapOf(DeployedFunction function) => _folders.TryGetValue(function.CodeSha256, out var folder)
        ? Path.Combine(folder, "bootstrap")
        : throw new DeploymentException($"The code of {function.Name} ({function.CodeSha256}) is none of the packages that make package built.");
}
