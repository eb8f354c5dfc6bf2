using System.IO.Compression;

namespace DataToEvents.Benchmarks.Functions;

/// <summary>One build's zips, unpacked when they are first asked for.</summary>
/// <param name="zips">Folder of the zips.</param>
/// <param name="unpacked">Folder to unpack into.</param>
/// <param name="root">The stub's root certificate, PEM.</param>
internal sealed class Packages(string zips, string unpacked, string root)
{
    public string Executable(Subject subject) => Path.Combine(Folder(subject), "bootstrap");

    public double Megabytes(Subject subject) => new FileInfo(Zip(subject)).Length / 1e6;

    /// <summary>Trust as deployed: the package's own roots, and the one of the stub.</summary>
    public Dictionary<string, string> DeployedRoots(Subject subject)
    {
        var folder = Folder(subject);
        var file = Path.Combine(folder, "aws-roots-and-ours.pem");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(folder, "aws-roots.pem")) + root);
        return Roots(file, Path.Combine(folder, "no-certs"));
    }

    /// <summary>Trust of the machine, and the root of the stub.</summary>
    public Dictionary<string, string> SystemRoots(Subject subject)
    {
        const string Bundle = "/etc/ssl/certs/ca-certificates.crt";
        var file = Path.Combine(Folder(subject), "system.pem");
        File.WriteAllText(file, (File.Exists(Bundle) ? File.ReadAllText(Bundle) : "") + root);
        return Roots(file, "/etc/ssl/certs");
    }

    private static Dictionary<string, string> Roots(string file, string directory) => new() { ["SSL_CERT_FILE"] = file, ["SSL_CERT_DIR"] = directory };

    private string Zip(Subject subject) => Path.Combine(zips, subject.Package + ".zip");

    private string Folder(Subject subject)
    {
        var folder = Path.Combine(unpacked, subject.Package);
        if (!Directory.Exists(folder))
        {
            ZipFile.ExtractToDirectory(Zip(subject), folder);
        }

        return folder;
    }
}
