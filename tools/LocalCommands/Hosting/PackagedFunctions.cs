using System.IO.Compression;

namespace DataToEvents.Local.Hosting;

/// <summary>The packages that <c>make package</c> built for AWS, unpacked into the data directory at each start.</summary>
internal sealed class PackagedFunctions(LocalOptions options) : IFunctionFiles
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public string Find(string function)
    {
        var zip = Path.Combine(options.Artifacts.FullName, $"{function}.zip");
        if (!File.Exists(zip))
        {
            throw new UserErrorException($"There is no {zip}. Run make package first, or name the directory of the packages with --artifacts.");
        }

        var folder = Path.Combine(options.Data.FullName, "functions", function);
        try
        {
            ZipFile.ExtractToDirectory(zip, folder, overwriteFiles: true);
        }
        catch (InvalidDataException fault)
        {
            throw new UserErrorException($"{zip} is no package of a function: {fault.Message} Run make package again.");
        }

        var bootstrap = Path.Combine(folder, "bootstrap");
        if (!File.Exists(bootstrap))
        {
            throw new UserErrorException($"{zip} is no package of a function: it has no bootstrap. Run make package again.");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(bootstrap, Executable);
        }

        return bootstrap;
    }
}
