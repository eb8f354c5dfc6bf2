using System.IO.Compression;

namespace DataToEvents.Terraform.Tests.Running;

/// <summary>A copy of the configuration beside packages of one line each, initialised, in which tests may do as they please.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly string[] Packages = ["Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder"];

    private Workspace(string folder) => Folder = folder;

    public string Folder { get; }

    public string Configuration => Path.Combine(Folder, "terraform");

    public static async Task<Workspace> CreateAsync()
    {
        var workspace = new Workspace(Directory.CreateTempSubdirectory("terraform-").FullName);
        Copy(new DirectoryInfo(Repository.Configuration), workspace.Configuration);
        var artifacts = Directory.CreateDirectory(Path.Combine(workspace.Folder, "artifacts")).FullName;
        foreach (var package in Packages)
        {
            WriteZip(Path.Combine(artifacts, package + ".zip"), "bootstrap", $"#!/bin/sh\n# {package}\n");
        }

        var cross = Directory.CreateDirectory(Path.Combine(artifacts, "arm64")).FullName;
        WriteZip(Path.Combine(cross, "Transformer.zip"), "bootstrap", "#!/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(cross, "architecture"), "arm64\n");
        WriteZip(Path.Combine(artifacts, "catalog.zip"), "catalog.json", "{}");
        await workspace.MustRunAsync(["init", "-backend=false"]);
        return workspace;
    }

    /// <summary>Runs Terraform as `make plan|apply|destroy` do.</summary>
    public Task<Outcome> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Shell.RunAsync(Configuration, Path.Combine(Configuration, "run"), arguments, environment);

    public async Task<Outcome> MustRunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var words = arguments.ToList();
        var outcome = await RunAsync(words, environment);
        return outcome.ExitCode == 0 ? outcome : throw new InvalidOperationException($"terraform {string.Join(' ', words)}:\n{outcome.Text}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles().Where(file => !file.Name.Contains("tfstate", StringComparison.Ordinal) && !file.Name.StartsWith('.')))
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name != ".terraform"))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }

    private static void WriteZip(string path, string name, string content)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        entry.Write(content);
    }
}
