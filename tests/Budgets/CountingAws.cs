using System.Net;
using System.Text;
using Amazon.Runtime;

namespace DataToEvents.Budgets.Tests;

/// <summary>Answers the SDK's calls with success at once, and counts them.</summary>
internal sealed class CountingAws : HttpMessageHandler
{
    private int _calls;

    public int Calls => _calls;

    public TConfig Plays<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        (config.ServiceURL, config.AuthenticationRegion) = ("http://aws.test", "eu-north-1");
        (config.HttpClientFactory, config.DefaultAWSCredentials) = (new Factory(this), new BasicAWSCredentials("test", "test"));
        return config;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[^1];
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(Answer(operation, body)) };
    }

    private static byte[] Answer(string operation, byte[] body) => Encoding.UTF8.GetBytes(operation switch
    {
        "SendMessageBatch" => $"{{\"Successful\":[{Entries(Count(body, "\"MessageBody\""u8), i => $"{{\"Id\":\"{i}\",\"MessageId\":\"m\"}}")}]}}",
        "BatchExecuteStatement" => $"{{\"Responses\":[{Entries(Count(body, "\"Statement\""u8), _ => "{}")}]}}",
        "PutEvents" => $"{{\"FailedEntryCount\":0,\"Entries\":[{Entries(Count(body, "\"DetailType\""u8), _ => "{\"EventId\":\"e\"}")}]}}",
        _ => throw new InvalidOperationException($"No budget knows of {operation}."),
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

    private sealed class Factory(CountingAws aws) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(aws, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override string GetConfigUniqueString(IClientConfig clientConfig) => $"{GetHashCode()}";
    }
}
