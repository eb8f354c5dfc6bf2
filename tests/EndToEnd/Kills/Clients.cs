using System.Collections.Concurrent;

namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>Clients that put batches one after the other. They put batches that a killed host did not acknowledge again to the next host, with the same ids.</summary>
internal sealed class Clients
{
    private const int Batch = 25;

    /// <summary>The limit lets some kills hit a host that still works while no client sends.</summary>
    private const int BatchesAHost = 20;

    private readonly Queue<int>[] _unsure;
    private int _next;

    private Clients(int count) => _unsure = [.. Enumerable.Range(0, count).Select(_ => new Queue<int>())];

    /// <summary>The ids of acknowledged events.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>The ids of events that were put again.</summary>
    public ConcurrentBag<string> Again { get; } = [];

    public static Clients Of(int count) => new(count);

    /// <summary>Feeds until the host has ended or enough was sent.</summary>
    public Task FeedAsync(Uri host) => Task.WhenAll(_unsure.Select(unsure => FeedAsync(host, unsure)));

    private async Task FeedAsync(Uri host, Queue<int> unsure)
    {
        using var http = new HttpClient { BaseAddress = host };
        unsure.SelectMany(Ids).ToList().ForEach(Again.Add);
        try
        {
            for (var batch = 0; batch < BatchesAHost; batch++)
            {
                if (unsure.Count == 0)
                {
                    unsure.Enqueue(Interlocked.Add(ref _next, Batch) - Batch);
                }

                if (await PutAsync(http, unsure.Peek()))
                {
                    Ids(unsure.Dequeue()).ToList().ForEach(Acknowledged.Add);
                }
            }
        }
        catch (HttpRequestException)
        {
            // The host was killed before it answered.
        }
    }

    private static IEnumerable<string> Ids(int first) => Enumerable.Range(first, Batch).Select(number => $"e-{number}");

    /// <returns>Whether all of the batch was taken.</returns>
    private static async Task<bool> PutAsync(HttpClient http, int first)
    {
        var records = Enumerable.Range(first, Batch).Select(number => new { Data = Encoding.UTF8.GetBytes(TestOrders.Order(number)) });
        var body = JsonSerializer.Serialize(new { DeliveryStreamName = "data-events-stream", Records = records });
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecordBatch");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && JsonDocument.Parse(answer).RootElement.GetProperty("FailedPutCount").GetInt32() == 0;
    }
}
