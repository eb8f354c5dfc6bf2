namespace DataToEvents.EndToEnd.Tests.Security;

/// <summary>
/// A web page whose own name points at this machine (DNS rebinding). Its requests have the host's origin, so only their Host header shows it.
/// </summary>
public sealed class ForeignHostTests : IDisposable
{
    private const string Name = "evil.example";
    private const string Message = """ "MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"d" """;
    private const string Item = """ "TableName":"data-events","Item":{"pk":{"S":"p"},"sk":{"S":"1"}} """;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_that_has_its_name_pointed_at_the_host_reads_nothing_and_changes_nothing()
    {
        using var host = await RunningHost.StartAsync(_folder.Data, "inprocess", 0, "--audit");
        await host.PutAsync([TestOrders.Order(1)]);
        await host.AwaitDeliveredAsync(1);
        (await ObjectAsync(host, HttpMethod.Put)).Should().Be(HttpStatusCode.OK);

        foreach (var (method, path, target, body) in Requests(host.Url))
        {
            var (status, answer) = await AskAsync(host, method, path, target, body);

            ((int)status, answer).Should().Be(
                (421, $"This server answers only requests whose Host is localhost, a name that ends in .localhost, or an IP address. Use http://localhost:{host.Client.BaseAddress!.Port} instead.\n"),
                "{0} {1} {2} was asked", method, path, target);
        }

        (await host.AcceptedAsync()).Should().Be(1);
        (await host.StoredAsync()).Should().Be(1);
        (await WaitingAsync(host)).Should().Be("1", "the queue of the audit was neither purged nor sent to");
        (await ObjectAsync(host, HttpMethod.Head)).Should().Be(HttpStatusCode.OK);
        (await StateAsync(host)).Should().NotContain("\"on\":true", "no fault was switched on");
    }

    [Fact]
    public async Task No_other_site_shows_the_page_in_a_frame()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);

        foreach (var path in new[] { "_page/", "_page/page.js", "_page/none", "_page/journey", "metrics" })
        {
            using var answer = await host.Client.GetAsync(path);

            answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'", "{0} was asked", path);
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        }
    }

    private static IEnumerable<(string Method, string Path, string? Target, string Body)> Requests(string url) =>
    [
        ("POST", "/", "Firehose_20150804.PutRecord", """{"DeliveryStreamName":"data-events-stream","Record":{"Data":"eA=="}}"""),
        ("POST", "/", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{url}}/000000000000/data-events-queue.fifo",{{Message}}}"""),
        ("POST", "/", "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{url}}/000000000000/data-events-audit"}"""),
        ("POST", "/", "AmazonSQS.PurgeQueue", $$"""{"QueueUrl":"{{url}}/000000000000/data-events-audit"}"""),
        ("POST", "/", "DynamoDB_20120810.Scan", """{"TableName":"data-events"}"""),
        ("POST", "/", "DynamoDB_20120810.PutItem", $$"""{{{Item}}}"""),
        ("POST", "/", "DynamoDBStreams_20120810.ListStreams", "{}"),
        ("POST", "/", "AWSEvents.PutEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"data-events-bus"}]}"""),
        ("POST", "/ingest", null, "{}"),
        ("GET", "/data-events?list-type=2", null, ""),
        ("GET", "/data-events/recovered/a", null, ""),
        ("PUT", "/data-events/recovered/b", null, "x"),
        ("DELETE", "/data-events/recovered/a", null, ""),
        ("GET", "/api/", null, ""),
        ("GET", "/", null, ""),
        ("GET", "/_page/state", null, ""),
        ("GET", "/metrics", null, ""),
        ("POST", "/_page/faults", null, """{"id":"store","on":true}"""),
        ("POST", "/_page/actions", null, """{"place":"dead-letters"}"""),
    ];

    private static async Task<(HttpStatusCode Status, string Answer)> AskAsync(RunningHost host, string method, string path, string? target, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = $"{Name}:{host.Client.BaseAddress!.Port}";
        request.Headers.Add("Origin", $"http://{request.Headers.Host}");
        request.Headers.Add("Accept", "text/html");
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
        }

        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent(body, Encoding.UTF8, target is null ? "application/json" : "application/x-amz-json-1.1");
        }

        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> ObjectAsync(RunningHost host, HttpMethod method)
    {
        using var request = new HttpRequestMessage(method, "data-events/recovered/a") { Content = method == HttpMethod.Put ? new StringContent("note") : null };
        using var answer = await host.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<string?> WaitingAsync(RunningHost host) => (await host.CallAsync(
        "AmazonSQS.GetQueueAttributes", "application/x-amz-json-1.0", $$"""{"QueueUrl":"{{host.Url}}/000000000000/data-events-audit","AttributeNames":["ApproximateNumberOfMessages"]}"""))
        .GetProperty("Attributes").GetProperty("ApproximateNumberOfMessages").GetString();

    /// <summary>The first state that the page gets.</summary>
    private static async Task<string> StateAsync(RunningHost host)
    {
        using var reader = new StreamReader(await host.Client.GetStreamAsync("_page/state"));
        string line;
        do
        {
            line = await reader.ReadLineAsync() ?? throw new InvalidOperationException("There is no state.");
        }
        while (!line.StartsWith("data:", StringComparison.Ordinal));
        return line;
    }
}
