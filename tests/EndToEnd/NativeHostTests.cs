namespace DataToEvents.EndToEnd.Tests;

/// <summary>The native host does what the host of the build does. Most other tests start the native one, if <c>make package</c> has built it.</summary>
public sealed class NativeHostTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NativeHostFact]
    public async Task The_help_is_that_of_the_host_of_the_build() =>
        (await ToolProcess.RunAsync(BuiltTools.Local, "--help")).Should().Be(await ToolProcess.RunAsync(BuiltTools.OfBuild("local"), "--help"));

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.InProcessOfBuild)]
    public async Task Demo_traffic_is_delivered_until_the_host_is_told_to_end(string mode)
    {
        var process = RunningHost.Launch("--data", _folder.Data, "--port", "0", "--functions", mode);
        using var host = new StartedHost(process);
        using var client = new HttpClient { BaseAddress = await host.AddressAsync() };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (JsonDocument.Parse(await client.GetStringAsync("api/", patience.Token)).RootElement.GetProperty("events").GetInt64() == 0)
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }

        using var end = Process.Start("kill", ["-TERM", $"{process.Id}"]);

        (await host.EndAsync()).ExitCode.Should().Be(0, "all that was taken is delivered before the host ends");
    }
}

/// <summary>Reported as skipped where <c>make package</c> has not built the host from this code.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeHostFactAttribute : FactAttribute
{
    public override string? Skip => BuiltPackages.HasHost ? base.Skip : "The native host is missing or older than its code. Run: make package";
}
