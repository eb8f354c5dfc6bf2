namespace DataToEvents.Package;

/// <summary>What a release folder holds: <c>manifest.json</c> for programs, <c>SHA256SUMS</c> for <c>sha256sum --check</c>.</summary>
internal static class ReleaseManifest
{
    public const string Json = "manifest.json";
    public const string Sums = "SHA256SUMS";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">Holds the release's files, none of them in a folder of its own.</param>
    /// <param name="version">The release's version.</param>
    /// <param name="commit">The commit that it was built from.</param>
    public static void Write(string folder, string version, string commit)
    {
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) is not (Json or Sums)).Order(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileName(file), Bytes: new FileInfo(file).Length, Sha256: Sha256Of(file))).ToArray();
        if (files.Length == 0)
        {
            throw new PackageException($"{folder} holds no file of a release.");
        }

        var manifest = new JsonObject
        {
            ["version"] = version,
            ["commit"] = commit,
            ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256 })]),
        };
        File.WriteAllText(Path.Combine(folder, Json), manifest.ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, Sums), string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n")));
    }

    private static string Sha256Of(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
