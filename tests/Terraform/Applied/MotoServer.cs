using System.Net.Sockets;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>AWS's control plane, in memory: tests/emulators/moto.</summary>
internal sealed class MotoServer : IDisposable
{
    // Below the ephemeral ports: moto closes each connection, and thousands of calls use those up.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;

    private static readonly Lazy<string?> Check = new(() => Task.Run(CheckAsync).GetAwaiter().GetResult());

    private readonly Process _process;

    private MotoServer(Process process, string url) => (_process, Url) = (process, url);

    public static string? Missing => Check.Value;

    public string Url { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo("python3", [Repository.PathOf("tests", "emulators", "moto", "server.py"), $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync();
        return ready is null ? throw new InvalidOperationException("moto did not start.") : new MotoServer(process, $"http://127.0.0.1:{port}");
    }

    /// <summary>A copy of the configuration whose provider speaks to this server.</summary>
    /// <param name="root">The folder in the configuration that Terraform is to run in.</param>
    /// <param name="sharesProvider">False for a configuration with several regions.</param>
    public async Task<Workspace> WorkspaceAsync(string root = "", bool sharesProvider = true)
    {
        var workspace = await Workspace.CreateAsync(new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Url,
            ["AWS_REGION"] = "eu-north-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
        }, root, sharesProvider);
        LayProviderBeside(workspace.Configuration);
        return workspace;
    }

    /// <summary>Gives a configuration's provider the settings that moto needs.</summary>
    public static void LayProviderBeside(string configuration) =>
        File.Copy(Repository.PathOf("tests", "emulators", "moto", "provider_override.tf"), Path.Combine(configuration, "provider_override.tf"));

    /// <summary>What the account holds, a line each.</summary>
    public async Task<IReadOnlyList<string>> ContentAsync() => (await RunAsync("contents.py")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Makes what terraform/examples/existing-resources finds.</summary>
    public Task MakeExistingResourcesAsync() => RunAsync("existing.py");

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task<string> RunAsync(string script)
    {
        var outcome = await Shell.RunAsync(Repository.Root, "python3", [Repository.PathOf("tests", "emulators", "moto", script), Url]);
        return outcome.ExitCode == 0 ? outcome.Output : throw new InvalidOperationException(outcome.Text);
    }

    private static async Task<string?> CheckAsync()
    {
        try
        {
            var outcome = await Shell.RunAsync(Repository.Root, "python3", ["-c", "from moto.server import create_backend_app"]);
            return outcome.ExitCode == 0 ? null : "moto: install Python 3 with: pip install 'moto[server]'";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "moto: install Python 3, and with it: pip install 'moto[server]'";
        }
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }
}
