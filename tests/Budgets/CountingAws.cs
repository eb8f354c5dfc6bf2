using System.Collections.Concurrent;
using Amazon.Runtime;

namespace DataToEvents.Budgets.Tests;

/// <summary>
/// Answers the SDK's calls with success at once, and counts them. It rents or keeps its own memory, so that a budget measures the function only:
/// for each call it allocates the response, as an HTTP client does.
/// </summary>
internal sealed class CountingAws : HttpMessageHandler
{
    // SQS's limit of a batch, and what stands around it.
    private const int LargestBody = 2 * 1_048_576;

    private readonly ConcurrentDictionary<(string Operation, int Entries), byte[]> _answers = new();
    private int _calls;

    public int Calls => _calls;

    public TConfig Plays<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        (config.ServiceURL, config.AuthenticationRegion) = ("http://aws.test", "eu-north-1");
        (config.HttpClientFactory, config.DefaultAWSCredentials) = (new CountingClients(this), new BasicAWSCredentials("test", "test"));
        return config;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[^1];
        var body = ArrayPool<byte>.Shared.Rent(LargestBody);
        var stream = new MemoryStream(body);
        await request.Content!.CopyToAsync(stream, cancellationToken);
        var entries = Count(body.AsSpan(0, (int)stream.Position), NameOfEntry(operation));
        ArrayPool<byte>.Shared.Return(body);
        var answer = _answers.GetOrAdd((operation, entries), static key => Answer(key.Operation, key.Entries));
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(answer) };
    }

    private static ReadOnlySpan<byte> NameOfEntry(string operation) => operation switch
    {
        "SendMessageBatch" => "\"MessageBody\""u8,
        "BatchExecuteStatement" => "\"Statement\""u8,
        "PutEvents" => "\"DetailType\""u8,
        _ => throw new InvalidOperationException($"No budget knows of {operation}."),
    };

    private static byte[] Answer(string operation, int count) => Encoding.UTF8.GetBytes(operation switch
    {
        "SendMessageBatch" => $"{{\"Successful\":[{Entries(count, i => $"{{\"Id\":\"{i}\",\"MessageId\":\"m\"}}")}]}}",
        "BatchExecuteStatement" => $"{{\"Responses\":[{Entries(count, _ => "{}")}]}}",
        _ => $"{{\"FailedEntryCount\":0,\"Entries\":[{Entries(count, _ => "{\"EventId\":\"e\"}")}]}}",
    });

    private static string Entries(int count, Func<int, string> entry) => string.Join(',', Enumerable.Range(0, count).Select(entry));

    private static int Count(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var count = 0;
        for (int at; (at = body.IndexOf(name)) >= 0; body = body[(at + name.Length)..])
        {
            count++;
        }

        return count;
    }

    private sealed class CountingClients(CountingAws aws) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(aws, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override string GetConfigUniqueString(IClientConfig clientConfig) => $"{GetHashCode()}";
    }
}
