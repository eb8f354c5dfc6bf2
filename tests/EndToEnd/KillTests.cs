namespace DataToEvents.EndToEnd.Tests;

/// <summary>Kills the host with kill -9 in the middle of a feed. The clients do not know of it.</summary>
public sealed class KillTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess", 20_000, 1_000, new[] { 200, 4_000, 4_000 })]
    [InlineData(RunningHost.Processes, 1_500, 50, new[] { 20, 300 })]
    public async Task A_feed_of_the_generator_survives_hosts_that_are_killed_in_the_middle_of_it(string mode, int records, int rate, int[] acknowledgedAtLeast)
    {
        var host = await RunningHost.StartAsync(_folder.Data, mode);
        using var generator = Process.Start(new ProcessStartInfo(
            BuiltTools.Generator, ["send", "--endpoint-url", host.Url, "--count", $"{records}", "--rate", $"{rate}", "--concurrency", "4", "--seed", "7"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (generator.StandardOutput.ReadToEndAsync(), generator.StandardError.ReadToEndAsync());
        foreach (var acknowledged in acknowledgedAtLeast)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (await host.AcceptedAsync() < acknowledged)
            {
                generator.HasExited.Should().BeFalse(
                    "the feed has to be under way when a host is killed; it ended: {0}", generator.HasExited ? $"{generator.ExitCode} {await output} {await errors}" : "");
                await pause.WaitForNextTickAsync();
            }

            await host.KillAsync();
            var port = host.Client.BaseAddress!.Port;
            host.Dispose();
            host = await RunningHost.StartAsync(_folder.Data, mode, port);
        }

        using (host)
        {
            await generator.WaitForExitAsync();
            generator.ExitCode.Should().Be(0, "it sent again whatever was not acknowledged: {0} {1}", await output, await errors);
            await host.AwaitDeliveredAsync(records);
            (await host.StoredAsync()).Should().Be(records);
            (await host.ViewAsync()).GetProperty("events").GetInt64().Should().Be(records);
        }
    }

    [Boto3Theory]
    [InlineData("inprocess", 500)]
    [InlineData("inprocess", 4_000)]
    [InlineData("inprocess", 11_000)]
    [InlineData(RunningHost.Processes, 500)]
    public async Task What_boto3_was_acknowledged_before_a_kill_in_mid_call_is_delivered_after_it(string mode, int acknowledgedAtLeast)
    {
        var acknowledged = new HashSet<string>();
        using (var host = await RunningHost.StartAsync(_folder.Data, mode))
        {
            using var feeder = Boto3.Feed(host.Url, records: 20_000);
            while (await feeder.StandardOutput.ReadLineAsync() is { } ids)
            {
                acknowledged.UnionWith(ids.Split(' '));
                if (acknowledged.Count >= acknowledgedAtLeast)
                {
                    // The next calls are under way.
                    await host.KillAsync();
                }
            }

            await feeder.WaitForExitAsync();
        }

        acknowledged.Count.Should().BeGreaterThanOrEqualTo(acknowledgedAtLeast).And.BeLessThan(20_000, "the host was killed in the middle");
        using var again = await RunningHost.StartAsync(_folder.Data, mode);
        await again.AwaitDeliveredAsync(acknowledged.Count);
        await again.StopAsync();

        await RunningHost.SummaryAsync("--input", _folder.Write("empty.ndjson", ""), "--data", _folder.Data, "--functions", mode);
        var lake = RunningHost.LakeLines(_folder.Data).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        lake.Should().OnlyHaveUniqueItems();
        acknowledged.Should().BeSubsetOf(lake);
        using var last = await RunningHost.StartAsync(_folder.Data, mode);
        ((await last.ViewAsync()).GetProperty("events").GetInt64(), await last.StoredAsync()).Should().Be((lake.Count, lake.Count));
    }
}
