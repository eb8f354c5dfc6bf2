namespace DataToEvents.EndToEnd.Tests;

/// <summary>Records over HTTP without an SDK, and that the local host answers as terraform/modules/ingest has API Gateway answer.</summary>
public sealed class IngestTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_that_are_posted_reach_the_consumer_as_events()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);

        (await PostAsync(host, TestOrders.Order(1), "application/json")).Status.Should().Be(HttpStatusCode.OK);
        (await PostAsync(host, $"{TestOrders.Order(2)}\n{TestOrders.Order(3)}\n", "application/x-ndjson")).Status.Should().Be(HttpStatusCode.OK);

        await host.AwaitDeliveredAsync(3);
        (await host.AcceptedAsync()).Should().Be(2, "the lines of a body are one record");
    }

    [Fact]
    public async Task A_refusal_has_the_same_text_here_and_on_AWS()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);
        var gateway = await File.ReadAllTextAsync(Path.Combine(BuiltTools.Root, "terraform", "modules", "ingest", "main.tf"));

        var (status, body) = await PostAsync(host, new string('x', 1_024_001), "text/plain");

        status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        gateway.Should().Contain($"\"{JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()}\"");
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(RunningHost host, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await host.Client.PostAsync("ingest", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
