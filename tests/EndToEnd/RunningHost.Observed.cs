using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>A host that is fed at its endpoint until told to end, and then says what its run came to.</summary>
internal sealed partial class RunningHost
{
    private readonly ConcurrentQueue<string> _said = new();
    private Task _saying = Task.CompletedTask;

    /// <summary>What it wrote to standard error so far, functions' lines among it.</summary>
    public IReadOnlyCollection<string> Said => _said;

    public static async Task<RunningHost> ObserveAsync(string data, string mode, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var start = new ProcessStartInfo(BuiltTools.Local, ["--data", data, "--port", "0", "--input", "-", "--summary", "json", "--functions", mode, .. more])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        string line;
        do
        {
            line = await process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("The host did not start.");
        }
        while (!line.StartsWith("Listening", StringComparison.Ordinal));
        var host = new RunningHost(process, new Uri(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(':') + "/"));
        host._saying = host.ListenAsync();
        return host;
    }

    /// <summary>Scrapes until a metric has that value; that it never has is the test's timeout.</summary>
    public async Task AwaitMetricAsync(string name, double value)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await Client.GetStringAsync("metrics", patience.Token)).Contains($"\n{name} {value}\n", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Nothing more comes: it drains, and prints its summary.</summary>
    public async Task<JsonElement> EndAsync()
    {
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _saying;
        await _process.WaitForExitAsync();
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
        }
    }
}
