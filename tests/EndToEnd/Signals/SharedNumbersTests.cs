namespace DataToEvents.EndToEnd.Tests.Signals;

/// <summary>Every number that page, <c>/metrics</c>, <c>operator status</c> and summary show is the same in all of them: under load and faults, with records set aside, after redrive and replay, and after a restart.</summary>
public sealed class SharedNumbersTests : IDisposable
{
    private static readonly string[] Names = ["accepted", "stored", "published", "published_again", "delivered", "replays", "duplicates", "conflicts"];
    private static readonly string[] Places = ["processing_failed", "dead_letter_queue", "quarantine", "on_failure", "rule_dead_letter_queue"];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_number_that_appears_twice_is_the_same_under_load_faults_redrive_and_restart()
    {
        ComparedNumbers last;
        using (var host = await RunningHost.ObserveAsync(_folder.Data, "inprocess", new Dictionary<string, string>()))
        {
            await PageFaultSwitch.SetAsync(host, "kill", isOn: true);
            for (var batch = 0; batch < 10; batch++)
            {
                await host.PutAsync(Enumerable.Range(batch * 25, 30).Select(TestOrders.Order));
            }

            await host.AwaitMetricAsync("datatoevents_pending", 0);
            await PageFaultSwitch.SetAsync(host, "kill", isOn: false);
            var loaded = await CompareAsync(host);
            loaded.SinceStart["accepted"].Should().Be(300);
            loaded.Errors.SinceStart.Should().BePositive();
            loaded.Errors.LastMinute.Should().BePositive().And.BeLessThanOrEqualTo(loaded.Errors.SinceStart);
            await BringAllBackAsync(host);
            (await CompareAsync(host)).SetAside.Values.Should().AllBeEquivalentTo(0L, "what was brought back does not count as failed");

            await PageFaultSwitch.SetAsync(host, "store", isOn: true);
            await host.PutAsync(Enumerable.Range(1_000, 12).Select(TestOrders.Order));
            await host.AwaitMetricAsync("""datatoevents_set_aside{place="dead_letter_queue"}""", 12);
            await PageFaultSwitch.SetAsync(host, "store", isOn: false);
            await host.PutAsync([TestOrders.Order(1).Replace("null", "\"another\"", StringComparison.Ordinal)]);
            await host.AwaitMetricAsync("datatoevents_conflicts_total", 1);
            var broken = await CompareAsync(host);
            broken.SetAside["dead_letter_queue"].Should().Be(12);
            broken.SetAside["quarantine"].Should().Be(1);

            await OperatorAsync("dead-letters", "redrive", "queue");
            var mended = await CompareAsync(host);
            mended.SetAside["dead_letter_queue"].Should().Be(0, "what was brought back does not count as failed");
            mended.SinceStart["stored"].Should().Be(267);
            mended.SinceStart["delivered"].Should().BeGreaterThanOrEqualTo(267);

            await OperatorAsync("replay", "--source", "store", "--from", "1h", "--name", "again");
            last = await CompareAsync(host);
            last.SinceStart["replays"].Should().Be(267);
            last.SinceStart["delivered"].Should().Be(mended.SinceStart["delivered"], "replays count apart");
            last.SinceStart["published"].Should().Be(mended.SinceStart["published"]);

            var summary = await host.EndAsync();
            foreach (var name in Names)
            {
                summary.GetProperty(name).GetInt64().Should().Be(last.SinceStart[name], "{0}", name);
                summary.GetProperty("ever").GetProperty(name).GetInt64().Should().Be(last.Ever[name], "{0}", name);
            }

            foreach (var place in Places)
            {
                summary.GetProperty("set_aside").GetProperty(place).GetInt64().Should().Be(last.SetAside[place], "{0}", place);
            }
        }

        using var again = await RunningHost.StartAsync(_folder.Data);
        var restarted = await CompareAsync(again);
        restarted.SinceStart.Values.Should().AllBeEquivalentTo(0L);
        restarted.Ever.Should().Equal(last.Ever);
        restarted.SetAside.Should().Equal(last.SetAside);
        await again.PutAsync([TestOrders.Order(5_000)]);
        await again.AwaitDeliveredAsync(268);
        (await CompareAsync(again)).Ever["accepted"].Should().Be(last.Ever["accepted"] + 1);
    }

    /// <summary>Waits until nothing is under way, and compares what the surfaces of a running host say.</summary>
    private async Task<ComparedNumbers> CompareAsync(RunningHost host)
    {
        await host.AwaitMetricAsync("datatoevents_pending", 0);
        var metrics = Metrics(await host.Client.GetStringAsync("metrics"));
        using var page = JsonDocument.Parse(await StateAsync(host));
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "status", "--json", "--data", _folder.Data);
        exitCode.Should().Be(0, "{0}", errors);
        using var status = JsonDocument.Parse(output);
        var shown = page.RootElement.GetProperty("numbers").EnumerateArray().ToDictionary(number => number.GetProperty("name").GetString()!);
        var told = status.RootElement.GetProperty("numbers").EnumerateArray().ToDictionary(number => number.GetProperty("number").GetString()!);
        foreach (var name in Names)
        {
            var (sinceStart, ever) = (metrics[$"datatoevents_{name}_total"], metrics[$"datatoevents_ever{{number=\"{name}\"}}"]);
            shown[name].GetProperty("sinceStart").GetInt64().Should().Be(sinceStart, "the page's {0}", name);
            shown[name].GetProperty("ever").GetInt64().Should().Be(ever, "the page's {0}", name);
            told[name].GetProperty("sinceTheStart").GetInt64().Should().Be(sinceStart, "the operator's {0}", name);
            told[name].GetProperty("ever").GetInt64().Should().Be(ever, "the operator's {0}", name);
            told[name].GetProperty("unit").GetString().Should().Be(shown[name].GetProperty("unit").GetString(), "{0}", name);
        }

        var setAside = Places.ToDictionary(place => place, place => metrics[$"datatoevents_set_aside{{place=\"{place}\"}}"]);
        page.RootElement.GetProperty("setAside").EnumerateArray().ToDictionary(place => place.GetProperty("metric").GetString()!, place => place.GetProperty("count").GetInt64()).Should().Equal(setAside);
        status.RootElement.GetProperty("setAside").EnumerateArray().Select(place => place.GetProperty("count").GetInt64()).Should().Equal(Places.Select(place => setAside[place]));
        told["set aside"].GetProperty("ever").GetInt64().Should().Be(setAside.Values.Sum());

        foreach (var hop in page.RootElement.GetProperty("hops").EnumerateArray())
        {
            hop.GetProperty("errors").GetInt64().Should().Be(metrics[$"datatoevents_hop_errors_total{{hop=\"{hop.GetProperty("id").GetString()}\"}}"]);
        }

        var failures = metrics.Where(metric => metric.Key.StartsWith("datatoevents_hop_errors_total{", StringComparison.Ordinal)).Sum(metric => metric.Value);
        told["errors"].GetProperty("sinceTheStart").GetInt64().Should().Be(failures);
        var lastMinute = page.RootElement.GetProperty("hops").EnumerateArray().Sum(hop => hop.GetProperty("errorsLastMinute").GetInt64());
        return new ComparedNumbers(
            Names.ToDictionary(name => name, name => metrics[$"datatoevents_{name}_total"]),
            Names.ToDictionary(name => name, name => metrics[$"datatoevents_ever{{number=\"{name}\"}}"]),
            setAside,
            (failures, lastMinute));
    }

    /// <summary>One state of the page, as its scripts get it.</summary>
    private static async Task<string> StateAsync(RunningHost host)
    {
        using var response = await host.Client.GetAsync(new Uri("_page/state", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        string? line;
        do
        {
            line = await lines.ReadLineAsync() ?? throw new InvalidOperationException("The page's state ended.");
        }
        while (!line.StartsWith("data: ", StringComparison.Ordinal));
        return line["data: ".Length..];
    }

    private static Dictionary<string, long> Metrics(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Killed functions can leave something in each of these places.</summary>
    private async Task BringAllBackAsync(RunningHost host)
    {
        foreach (var command in new string[][] { ["failed", "reingest"], ["dead-letters", "redrive", "queue"], ["on-failure", "recover"], ["dead-letters", "redrive", "rule"] })
        {
            await OperatorAsync(command);
            await host.AwaitMetricAsync("datatoevents_pending", 0);
        }
    }

    private async Task OperatorAsync(params string[] command)
    {
        var (exitCode, _, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, [.. command, "--yes", "--data", _folder.Data]);
        exitCode.Should().Be(0, "{0}", errors);
    }

    private sealed record ComparedNumbers(Dictionary<string, long> SinceStart, Dictionary<string, long> Ever, Dictionary<string, long> SetAside, (long SinceStart, long LastMinute) Errors);
}
