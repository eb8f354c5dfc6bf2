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

    /// <summary>The resources of the account, one a line.</summary>
    public async Task<IReadOnlyList<string>> ContentAsync()
    {
        var outcome = await Shell.RunAsync(Repository.Root, "python3", [Repository.PathOf("tests", "emulators", "moto", "contents.py"), Url]);
        return outcome.ExitCode == 0 ? outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException(outcome.Text);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
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
