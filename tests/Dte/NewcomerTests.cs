namespace DataToEvents.Dte.Tests;

/// <summary>
/// Somebody who has only the SDK and a release folder: installs the tool, runs it, sends ten records, sees them, makes a consumer from the template and sees it called. The tool comes out of the release folder alone, with an
/// empty package cache. The consumer's one package, Amazon's client for SQS, comes from the package source of this machine.
/// </summary>
public sealed class NewcomerTests(InstalledTool tool) : IClassFixture<InstalledTool>
{
    /// <summary>The machine time that the whole may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Ten_records_reach_the_page_and_a_consumer_from_the_template()
    {
        using var host = await ToolHost.StartAsync(tool, "--audit", "--data", "newcomer");
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        using var patience = new CancellationTokenSource(Patience);

        await PutAsync(client, Enumerable.Range(0, 10));
        (await PageAsync(client, 10, patience.Token)).Should().Contain("order-newcomer-9");

        var consumer = await MakeConsumerAsync(host.Url);
        using var called = DteProcess.Start("dotnet", ["run"], consumer, Home);
        try
        {
            var errors = called.StandardError.ReadToEndAsync();
            var (seen, said) = (new HashSet<string>(), new StringBuilder());
            while (seen.Count < 10)
            {
                var line = await called.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The consumer ended: {said}{await errors}");
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
        ["DOTNET_CLI_HOME"] = Directory.CreateDirectory(Path.Combine(tool.Elsewhere, "home")).FullName,
        ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };

    private async Task<string> MakeConsumerAsync(string url)
    {
        await DteProcess.PackTemplatesAsync(tool.Packages, InstalledTool.Version);
        await DotnetAsync("new", "install", Path.Combine(tool.Packages, $"DataToEvents.Templates.{InstalledTool.Version}.nupkg"));
        await DotnetAsync("new", "dte-consumer", "--name", "Shop.Orders", "--output", "Shop.Orders");
        var consumer = Path.Combine(tool.Elsewhere, "Shop.Orders");

        // This host has taken any free port.
        var settings = Path.Combine(consumer, "Properties", "launchSettings.json");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace("http://127.0.0.1:5080", url, StringComparison.Ordinal));
        return consumer;
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await DteProcess.RunAsync("dotnet", arguments, tool.Elsewhere, Home);
        exitCode.Should().Be(0, "{0}{1}", output, errors);
    }

    private static async Task PutAsync(HttpClient client, IEnumerable<int> orders)
    {
        var records = orders.Select(order => new { Data = Encoding.UTF8.GetBytes($$"""{"kind":"order","orderId":"newcomer-{{order}}"}""") });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(JsonSerializer.Serialize(new { DeliveryStreamName = "data-events-stream", Records = records }), Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecordBatch");
        using var response = await client.SendAsync(request);
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads the page's stream of states until it shows so many delivered events; returns the consumer's list of them.</summary>
    private static async Task<string> PageAsync(HttpClient client, int events, CancellationToken patience)
    {
        using var states = new StreamReader(await client.GetStreamAsync("/_page/state", patience));
        while (await states.ReadLineAsync(patience) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && Delivered(JsonNode.Parse(line["data:".Length..])!) >= events)
            {
                return await client.GetStringAsync("/api/events?limit=100", patience);
            }
        }

        throw new InvalidOperationException("The page's stream ended.");
    }

    private static long Delivered(JsonNode state) => state["counts"]!["delivered"]!.GetValue<long>();
}
