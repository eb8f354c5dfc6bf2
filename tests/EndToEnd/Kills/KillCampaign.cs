namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>Kills several hosts in turn over one data directory and then checks its contents. The next round begins with an empty directory.</summary>
internal static class KillCampaign
{
    /// <summary>How many hosts in a row one data directory sees killed: recovery over recovery.</summary>
    private const int KillsPerDirectory = 25;

    public static async Task<Reckoning> RunAsync(int kills, Random random, TextWriter notes)
    {
        var total = new Reckoning();
        var longestLife = await LongestLifeAsync();
        while (total.Kills < kills)
        {
            var round = await RunRoundAsync(Math.Min(KillsPerDirectory, kills - total.Kills), longestLife, random);
            total += round;
            if (!round.IsClean)
            {
                await notes.WriteLineAsync($"In one data directory: {round}");
            }
        }

        return total;
    }

    /// <summary>Lives from zero to twice this machine's start time and half a second more, so that some hosts are killed while they start.</summary>
    private static async Task<TimeSpan> LongestLifeAsync()
    {
        using var folder = new DataFolder();
        var watch = Stopwatch.StartNew();
        using var host = await RunningHost.StartAsync(folder.Data);
        var start = watch.Elapsed;
        await host.KillAsync();
        return (2 * start) + TimeSpan.FromMilliseconds(500);
    }

    private static async Task<Reckoning> RunRoundAsync(int kills, TimeSpan longestLife, Random random)
    {
        using var folder = new DataFolder();
        var clients = Clients.Of(4);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var host = DoomedHost.Start(folder.Data, longestLife * random.NextDouble());
            if (await host.AddressAsync() is { } address)
            {
                await clients.FeedAsync(address);
            }
        }

        // The last host is not killed. It delivers what the others took.
        await RunningHost.RunAsync("--input", folder.Write("empty.ndjson", ""), "--data", folder.Data, "--port", "0");
        return await ReckonAsync(folder.Data, kills, clients);
    }

    private static async Task<Reckoning> ReckonAsync(string data, int kills, Clients clients)
    {
        var lake = RunningHost.LakeLines(data).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        var (ids, again) = (lake.ToHashSet(), clients.Again.ToHashSet());
        using var host = await RunningHost.StartAsync(data);
        var stored = await host.StoredAsync();
        var delivered = (await host.ViewAsync()).GetProperty("events").GetInt64();
        await host.StopAsync();
        return new Reckoning
        {
            Kills = kills,
            Acknowledged = clients.Acknowledged.Count,
            Lost = clients.Acknowledged.Count(id => !ids.Contains(id)) + Math.Max(0, ids.Count - stored) + Math.Max(0, ids.Count - delivered),
            // The lake stores at least once: a batch that was put again has a line for each time that a host took it.
            Doubled = lake.Count - ids.Count - lake.GroupBy(id => id).Where(lines => again.Contains(lines.Key)).Sum(lines => lines.Count() - 1) + Math.Max(0, stored - ids.Count) + Math.Max(0, delivered - ids.Count),
        };
    }
}
