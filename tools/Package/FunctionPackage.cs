using System.IO.Compression;

namespace DataToEvents.Package;

/// <summary>A zip as Lambda wants it for <c>provided.al2023</c>: <c>bootstrap</c> at its root with the run bit, data files beside it.</summary>
internal static class FunctionPackage
{
    public const string Bootstrap = "bootstrap";
    public const string SymbolExtension = ".dbg";

    private const UnixFileMode Data = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Data | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int RegularFile = 0x8000;

    // The same bytes give the same zip, whenever they were built: this is the first moment that a zip can name.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Replaces <paramref name="zip"/> only when it is complete.</summary>
    public static void Write(string published, string executable, string zip)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(zip))!);
        var unfinished = zip + ".new";
        using (var archive = ZipFile.Open(unfinished, ZipArchiveMode.Create))
        {
            foreach (var (name, path) in Entries(published, executable))
            {
                Add(archive, name, path, name == Bootstrap ? Program : Data);
            }
        }

        File.Move(unfinished, zip, overwrite: true);
    }

    private static IEnumerable<(string Name, string Path)> Entries(string published, string executable) => Directory
        .EnumerateFiles(published, "*", SearchOption.AllDirectories)
        .Where(path => !path.EndsWith(SymbolExtension, StringComparison.Ordinal))
        .Select(path => (Name: Path.GetRelativePath(published, path), path))
        .Select(file => file.Name == executable ? (Bootstrap, file.path) : file)
        .OrderBy(file => file.Item1, StringComparer.Ordinal);

    private static void Add(ZipArchive archive, string name, string path, UnixFileMode mode)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = (RegularFile | (int)mode) << 16;
        using var content = File.OpenRead(path);
        using var target = entry.Open();
        content.CopyTo(target);
    }
}
