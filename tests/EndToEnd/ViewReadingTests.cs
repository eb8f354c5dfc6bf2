namespace DataToEvents.EndToEnd.Tests;

public sealed class ViewReadingTests : IDisposable
{
    private const int Batches = 30;
    private const int BatchSize = 50;
    private const int Readers = 8;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_who_read_what_was_delivered_while_more_comes_get_whole_items_and_no_fault()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);
        var feeding = FeedAsync(host);

        var seen = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadUntilAsync(host, feeding)));
        await feeding;
        await host.AwaitDeliveredAsync(Batches * BatchSize);

        seen.Should().OnlyContain(reads => reads > 0);
        (await ReadAsync(host)).Should().Be(Batches * BatchSize);
    }

    private static async Task FeedAsync(RunningHost host)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            await host.PutAsync(Enumerable.Range(batch * BatchSize, BatchSize).Select(number => Sized(number, length: number % BatchSize == 0 ? 60_000 : number % 7 * 100)));
        }
    }

    private static async Task<int> ReadUntilAsync(RunningHost host, Task end)
    {
        var reads = 0;
        for (; !end.IsCompleted; reads++)
        {
            await ReadAsync(host);
        }

        return reads;
    }

    /// <returns>The number of events. Each of them was complete.</returns>
    private static async Task<int> ReadAsync(RunningHost host)
    {
        var (events, start) = (0, "");
        while (true)
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent($$"""{"TableName":"data-events-view"{{start}}}""", Encoding.UTF8, "application/x-amz-json-1.0") };
            call.Headers.Add("X-Amz-Target", "DynamoDB_20120810.Scan");
            using var response = await host.Client.SendAsync(call);
            var body = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.Should().BeTrue("it was answered with {0}: {1}", response.StatusCode, body);
            using var page = JsonDocument.Parse(body);
            foreach (var item in page.RootElement.GetProperty("Items").EnumerateArray().Where(item => item.TryGetProperty("envelope", out _)))
            {
                using var envelope = JsonDocument.Parse(item.GetProperty("envelope").GetProperty("S").GetString()!);
                events += envelope.RootElement.TryGetProperty("data", out _) ? 1 : 0;
            }

            if (!page.RootElement.TryGetProperty("LastEvaluatedKey", out var last))
            {
                return events;
            }

            start = $""","ExclusiveStartKey":{last.GetRawText()}""";
        }
    }

    private static string Sized(int number, int length) => TestOrders.Order(number).Replace("\"note\":null", $"\"note\":\"{new string('é', length)}\"", StringComparison.Ordinal);
}
