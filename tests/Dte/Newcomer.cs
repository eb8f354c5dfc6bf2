namespace DataToEvents.Dte.Tests;

/// <summary>Somebody who sends records to a running host, looks where they went, and writes a consumer.</summary>
/// <param name="url">The host's address.</param>
/// <param name="startDte">Starts `dte` with arguments.</param>
/// <param name="folder">An empty folder outside of the repository.</param>
internal sealed class Newcomer(string url, Func<string[], Process> startDte, string folder) : IDisposable
{
    private const int Records = 10;

    /// <summary>The machine time that all of it may take, from the host's start on.</summary>
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));

    private readonly HttpClient _client = new() { BaseAddress = new Uri(url) };

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }

    /// <summary>Sends ten records with curl; sees them in `dte events tail`, on the page and in the consumer's API.</summary>
    public async Task SendAndSeeAsync()
    {
        using var tail = startDte(["events", "tail", "--endpoint-url", url]);
        try
        {
            var errors = tail.StandardError.ReadToEndAsync();
            await AwaitTailAsync(tail.StandardOutput);
            await CurlAsync([.. Enumerable.Range(0, Records).Select(number => $"newcomer-{number}")]);

            var seen = new HashSet<string>();
            while (seen.Count < Records)
            {
                // 2026-11-30 21:09:17Z  order  order-newcomer-0  7f0b678c  365 bytes
                var line = await tail.StandardOutput.ReadLineAsync(_patience.Token) ?? throw new InvalidOperationException($"The tail ended: {await errors}");
                var stream = line.Split("  ")[2];
                if (stream.StartsWith("order-newcomer-", StringComparison.Ordinal))
                {
                    seen.Add(stream).Should().BeTrue("an event is stored once");
                }
            }
        }
        finally
        {
            tail.Kill(entireProcessTree: true);
            await tail.WaitForExitAsync();
        }

        var delivered = await PageAsync(Records + 1);
        Enumerable.Range(0, Records).Should().AllSatisfy(number => delivered.Should().Contain($"\"order-newcomer-{number}\""));
    }

    /// <summary>Makes a consumer from the template, starts it, and sees it called with each of the ten records once.</summary>
    public async Task WriteConsumerAsync()
    {
        var consumer = await MakeConsumerAsync();
        using var called = DteProcess.Start("dotnet", ["run"], consumer, Home);
        try
        {
            var errors = called.StandardError.ReadToEndAsync();
            var (seen, said) = (new HashSet<string>(), new StringBuilder());
            while (seen.Count < Records)
            {
                var line = await called.StandardOutput.ReadLineAsync(_patience.Token) ?? throw new InvalidOperationException($"The consumer ended: {said}{await errors}");
                said.AppendLine(line);
                if (line.StartsWith("order of order-newcomer-", StringComparison.Ordinal))
                {
                    seen.Add(line.Split(':')[0]).Should().BeTrue("an event has one effect");
                }
            }
        }
        finally
        {
            called.Kill(entireProcessTree: true);
            await called.WaitForExitAsync();
        }
    }

    /// <summary>Templates are installed for a user; this one has a home of its own.</summary>
    private Dictionary<string, string> Home => new()
    {
        ["DOTNET_CLI_HOME"] = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName,
        ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };

    /// <summary>The tail shows what is stored after it began, and does not say when that is: sends a record of its own again and again until it shows one.</summary>
    private async Task AwaitTailAsync(StreamReader output)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var first = output.ReadLineAsync(_patience.Token).AsTask();
        for (var number = 0; !first.IsCompleted; number++)
        {
            await CurlAsync($"early-{number}");
            await pause.WaitForNextTickAsync(_patience.Token);
        }

        (await first).Should().Contain("order-early-");
    }

    private async Task CurlAsync(params string[] orders)
    {
        var records = orders.Select(order => new { Data = Encoding.UTF8.GetBytes($$"""{"kind":"order","orderId":"{{order}}"}""") });
        var body = JsonSerializer.Serialize(new { DeliveryStreamName = "data-events-stream", Records = records });
        var (exitCode, output, errors) = await DteProcess.RunAsync(
            "curl", ["--silent", "--show-error", "--fail", url, "--header", "Content-Type: application/x-amz-json-1.1", "--header", "X-Amz-Target: Firehose_20150804.PutRecordBatch", "--data", body]);
        exitCode.Should().Be(0, errors);
        JsonNode.Parse(output)!["FailedPutCount"]!.GetValue<int>().Should().Be(0);
    }

    private async Task<string> MakeConsumerAsync()
    {
        var packages = Path.Combine(folder, "templates");
        await DteProcess.PackTemplatesAsync(packages, InstalledTool.Version);
        await DotnetAsync("new", "install", Path.Combine(packages, $"DataToEvents.Templates.{InstalledTool.Version}.nupkg"));
        await DotnetAsync("new", "dte-consumer", "--name", "Shop.Orders", "--output", "Shop.Orders");
        var consumer = Path.Combine(folder, "Shop.Orders");

        // This host has taken any free port.
        var settings = Path.Combine(consumer, "Properties", "launchSettings.json");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace("http://127.0.0.1:5080", url, StringComparison.Ordinal));
        return consumer;
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await DteProcess.RunAsync("dotnet", arguments, folder, Home);
        exitCode.Should().Be(0, "{0}{1}", output, errors);
    }

    /// <summary>Reads the page's stream of states until it shows so many delivered events; returns the consumer's list of them.</summary>
    private async Task<string> PageAsync(int events)
    {
        using var states = new StreamReader(await _client.GetStreamAsync("/_page/state", _patience.Token));
        while (await states.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && Settled(JsonNode.Parse(line["data:".Length..])!, events))
            {
                return await _client.GetStringAsync("/api/events?limit=1000", _patience.Token);
            }
        }

        throw new InvalidOperationException("The page's stream ended.");
    }

    private static bool Settled(JsonNode state, int events) =>
        Number(state, "delivered") is var delivered && delivered >= events && delivered == Number(state, "accepted");

    private static long Number(JsonNode state, string name) =>
        state["numbers"]!.AsArray().Single(number => number!["name"]!.GetValue<string>() == name)!["sinceStart"]!.GetValue<long>();
}
