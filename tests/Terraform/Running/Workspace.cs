using System.IO.Compression;

namespace DataToEvents.Terraform.Tests.Running;

/// <summary>An initialised copy of the configuration, with packages of one line each, that a test may change.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly string[] Packages = ["Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder"];

    private readonly ProviderProcess? _provider;
    private readonly IReadOnlyDictionary<string, string> _environment;

    private Workspace(string folder, ProviderProcess? provider, IReadOnlyDictionary<string, string> environment) => (Folder, _provider, _environment) = (folder, provider, environment);

    public string Folder { get; }

    public string Configuration => Path.Combine(Folder, "terraform");

    /// <param name="environment">AWS's settings, for the provider.</param>
    /// <param name="root">The folder in the configuration that Terraform is to run in: the provider looks for the packages from there.</param>
    /// <param name="sharesProvider">Whether all commands use one process of the provider. Such a process has one region, that of the provider that is set up last.</param>
    public static async Task<Workspace> CreateAsync(IReadOnlyDictionary<string, string>? environment = null, string root = "", bool sharesProvider = true)
    {
        var folder = Directory.CreateTempSubdirectory("terraform-").FullName;
        var configuration = Path.Combine(folder, "terraform");
        Copy(new DirectoryInfo(Repository.Configuration), configuration);
        var artifacts = Directory.CreateDirectory(Path.Combine(folder, "artifacts")).FullName;
        foreach (var package in Packages)
        {
            WriteZip(Path.Combine(artifacts, package + ".zip"), "bootstrap", $"#!/bin/sh\n# {package}\n");
        }

        var cross = Directory.CreateDirectory(Path.Combine(artifacts, "arm64")).FullName;
        WriteZip(Path.Combine(cross, "Transformer.zip"), "bootstrap", "#!/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(cross, "architecture"), "arm64\n");
        WriteZip(Path.Combine(artifacts, "catalog.zip"), "catalog.json", "{}");
        var provider = sharesProvider ? await ProviderProcess.StartAsync(Path.Combine(configuration, root), environment) : null;
        var workspace = new Workspace(folder, provider, provider?.Environment ?? new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["TF_PROVIDERS"] = TerraformInstallation.Providers });
        await workspace.MustRunAsync("init", "-backend=false");
        return workspace;
    }

    /// <summary>Runs Terraform as `make plan|apply|destroy` do, but with a provider that is started already.</summary>
    public Task<Outcome> RunAsync(params IEnumerable<string> arguments) => RunInAsync(Configuration, arguments);

    /// <param name="folder">Another configuration, with a copy of terraform/run in it.</param>
    /// <param name="arguments">Terraform's.</param>
    public Task<Outcome> RunInAsync(string folder, params IEnumerable<string> arguments) =>
        Shell.RunAsync(folder, Path.Combine(folder, "run"), arguments, _environment);

    public async Task<Outcome> MustRunAsync(params IEnumerable<string> arguments)
    {
        var words = arguments.ToList();
        var outcome = await RunAsync(words);
        return outcome.ExitCode == 0 ? outcome : throw new InvalidOperationException($"terraform {string.Join(' ', words)}:\n{outcome.Text}");
    }

    public void Dispose()
    {
        _provider?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

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
