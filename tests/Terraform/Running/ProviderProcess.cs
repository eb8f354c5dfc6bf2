namespace DataToEvents.Terraform.Tests.Running;

/// <summary>
/// A process of the AWS provider that several Terraform commands use, one after the other. Otherwise each command reads the provider's 700 MB and starts it, which takes
/// ten seconds of processor time. See https://developer.hashicorp.com/terraform/plugin/debugging, "Debugger-Based Debugging".
/// </summary>
internal sealed class ProviderProcess : IDisposable
{
    private const string Variable = "TF_REATTACH_PROVIDERS";

    private readonly Process _process;

    private ProviderProcess(Process process, string address) =>
        (_process, Environment) = (process, new Dictionary<string, string> { [Variable] = address, ["TF_PROVIDERS"] = TerraformInstallation.Providers });

    /// <summary>The variables that tell Terraform where the process listens, and tell terraform/run not to search for a provider.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <param name="configuration">The folder of the configuration: the provider reads the files that are named in it.</param>
    /// <param name="environment">AWS's settings: the provider reads them, not Terraform.</param>
    public static async Task<ProviderProcess> StartAsync(string configuration, IReadOnlyDictionary<string, string>? environment)
    {
        var process = Process.Start(Shell.Program(configuration, TerraformInstallation.Provider, ["-debug"], environment))!;
        var errors = process.StandardError.ReadToEndAsync();
        // It says: TF_REATTACH_PROVIDERS='{"registry.terraform.io/hashicorp/aws":{...}}'
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Trim().StartsWith($"{Variable}='", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ProviderProcess(process, line.Trim()[(Variable.Length + 2)..^1]);
            }
        }

        throw new InvalidOperationException($"The provider did not start: {await errors}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
