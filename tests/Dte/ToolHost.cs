namespace DataToEvents.Dte.Tests;

/// <summary><c>dte run</c> of an installed tool, on a port of its own and without demo traffic.</summary>
internal sealed class ToolHost : IDisposable
{
    private readonly Process _process;

    private ToolHost(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<ToolHost> StartAsync(InstalledTool tool, params string[] more)
    {
        var process = tool.Start(["run", "--no-feed", "--port", "0", .. more]);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The host did not start: {await errors}");
        line.Should().StartWith("Listening on ");
        _ = process.StandardOutput.ReadToEndAsync();
        return new ToolHost(process, line.Split(' ')[2].TrimEnd(':'));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
