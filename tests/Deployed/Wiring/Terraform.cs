namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>The repository's Terraform configuration in a folder of its own, as it is but for moto's provider settings, with its state beside it.</summary>
internal sealed class Terraform : IDisposable
{
    /// <summary>The region of the deployment that is fed, broken and mended.</summary>
    public const string Home = "eu-north-1";

    /// <summary>
    /// The provider waits some 25 seconds for each policy of a queue, so it makes them in parallel. Only those settings are changed that let the test
    /// look (the audit queue), end in time (five retries and five receives), and clean up.
    /// </summary>
    private static readonly string[] Always =
    [
        "-input=false", "-no-color", "-parallelism=30", "-var", "destroy_data=true", "-var", """bus={"audit":true,"retries":5}""",
        "-var", """queue={"max_receives":5}""", "-var", $$"""functions={"packages":"{{BuiltPackages.Folder}}"}""",
    ];

    private readonly string[] _apply;

    private const string Reattach = "TF_REATTACH_PROVIDERS";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-terraform-");
    private readonly Dictionary<string, string?> _environment = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "driver",
        ["AWS_SECRET_ACCESS_KEY"] = "no-secret",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        // The provider refuses a bundle of its own beside its HTTP client.
        ["AWS_CA_BUNDLE"] = null,
    };

    private Process? _provider;

    /// <param name="endpoint">The address of moto; null for commands that need no AWS.</param>
    /// <param name="region">The region.</param>
    /// <param name="settings">Further settings, by name.</param>
    public Terraform(string? endpoint = null, string region = Home, params (string Name, string Value)[] settings)
    {
        Region = region;
        _apply = [.. Always, .. settings.SelectMany(setting => new[] { "-var", $"{setting.Name}={setting.Value}" })];
        _environment["AWS_REGION"] = region;
        Copy(new DirectoryInfo(Path.Combine(BuiltTools.Root, "terraform")), _folder);
        File.Copy(Path.Combine(BuiltTools.Root, "tests", "emulators", "moto", "provider_override.tf"), Path.Combine(_folder.FullName, "provider_override.tf"));
        _environment["AWS_ENDPOINT_URL"] = endpoint;
    }

    public string Region { get; }

    public async Task ApplyAsync()
    {
        await StartProviderAsync();
        await RunAsync(["apply", "-auto-approve", .. _apply]);
    }

    public Task DestroyAsync() => RunAsync(["destroy", "-auto-approve", .. _apply]);

    /// <returns>0: no change. 2: there are some, and the output says which.</returns>
    public async Task<(int ExitCode, string Output)> PlanAsync()
    {
        var (exitCode, output, errors) = await TryAsync(["plan", "-detailed-exitcode", .. _apply]);
        return (exitCode, output + errors);
    }

    public Task<string> RunAsync(params IEnumerable<string> arguments) => Command.RunAsync(Script, arguments, environment: _environment);

    public Task<(int ExitCode, string Output, string Errors)> TryAsync(params IEnumerable<string> arguments) => Command.TryAsync(Script, arguments, environment: _environment);

    public void Dispose()
    {
        _provider?.Kill();
        _provider?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Starts one process of the AWS provider for all commands. Otherwise each command reads the provider's 700 MB and starts it, which takes ten seconds of processor time.
    /// See https://developer.hashicorp.com/terraform/plugin/debugging, "Debugger-Based Debugging".
    /// </summary>
    private async Task StartProviderAsync()
    {
        await RunAsync("init", "-backend=false");
        var providers = Path.Combine(_folder.FullName, ".terraform", "providers");
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var executable = Directory.EnumerateFiles(providers, "terraform-provider-aws*", everywhere).Single();
        var start = Command.Program(executable, ["-debug"], _environment);
        // The provider reads the files that are named in the configuration.
        start.WorkingDirectory = _folder.FullName;
        _provider = Process.Start(start)!;
        _ = _provider.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = (await _provider.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The AWS provider did not start.")).Trim();
        }
        while (!line.StartsWith($"{Reattach}='", StringComparison.Ordinal));
        _ = _provider.StandardOutput.ReadToEndAsync();
        _environment[Reattach] = line[(Reattach.Length + 2)..^1];
        _environment["TF_PROVIDERS"] = providers;
    }

    private string Script => Path.Combine(_folder.FullName, "run");

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles().Where(file => !file.Name.Contains(".tfstate", StringComparison.Ordinal) && file.Name != "provider_override.tf"))
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name is not ".terraform" and not "tests"))
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
