namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>moto's server: AWS's control plane, in memory, on a port of this machine.</summary>
internal sealed class Moto : IDisposable
{
    private const int Tries = 5;

    private readonly Process _process;

    private Moto(Process process, int port) => (_process, Endpoint) = (process, $"http://127.0.0.1:{port}");

    public string Endpoint { get; }

    public static async Task<Moto> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = Ports.Any();
            var process = Process.Start(new ProcessStartInfo(Driver.Python, [Path.Combine(BuiltTools.Root, "tests", "emulators", "moto", "server.py"), $"{port}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            if (await process.StandardOutput.ReadLineAsync() is not null)
            {
                return new Moto(process, port);
            }

            // Most likely somebody else has the port.
            process.Dispose();
            if (attempt == Tries)
            {
                throw new InvalidOperationException($"moto did not start: {await errors}");
            }
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
