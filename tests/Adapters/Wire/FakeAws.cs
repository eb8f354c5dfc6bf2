using System.Net.Http.Headers;
using Amazon.Runtime;

namespace DataToEvents.Adapters.Tests.Wire;

/// <param name="Method">HTTP method.</param>
/// <param name="Url">The URL that was called.</param>
/// <param name="Operation">AWS JSON: the operation; null elsewhere.</param>
/// <param name="Headers">The headers of request and content.</param>
/// <param name="Body">The body that was sent.</param>
internal sealed record WireRequest(string Method, Uri Url, string? Operation, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Path of the URL, not decoded.</summary>
    public string Path => Url.AbsolutePath;

    public string Text => Encoding.UTF8.GetString(Body);
}

internal sealed record WireAnswer(HttpStatusCode Status, string Body, string ContentType = "application/x-amz-json-1.1")
{
    /// <summary>The body as bytes that need not be text; <see cref="Body"/> when it is null.</summary>
    public byte[]? Bytes { get; init; }

    public HttpContent Content()
    {
        var content = new ByteArrayContent(Bytes ?? Encoding.UTF8.GetBytes(Body));
        content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        return content;
    }

    public static WireAnswer Json(string body) => new(HttpStatusCode.OK, body);

    public static WireAnswer JsonError(HttpStatusCode status, string code, string message = "said the service") =>
        new(status, $$"""{"__type":"{{code}}","message":"{{message}}"}""");

    public static WireAnswer XmlError(HttpStatusCode status, string code) =>
        new(status, $"<Error><Code>{code}</Code><Message>said the service</Message></Error>", "application/xml");
}

/// <summary>Plays an AWS service below the SDK's own HTTP client. It records what the SDK signs and sends, and returns the responses that a test makes up.</summary>
internal sealed class FakeAws(Func<WireRequest, Task<WireAnswer>> answer) : HttpMessageHandler
{
    private readonly List<WireRequest> _requests = [];

    public FakeAws(Func<WireRequest, WireAnswer> answer)
        : this(request => Task.FromResult(answer(request)))
    {
    }

    public static BasicAWSCredentials Credentials { get; } = new("test", "test");

    public IReadOnlyList<WireRequest> Requests => _requests;

    /// <summary>A service that never answers. The caller's time is up once the service was called, and then the call must end.</summary>
    public static async Task HangingAsync(Func<CancellationToken, FakeAws, Task> call)
    {
        using var budget = new CancellationTokenSource();
        var wire = new FakeAws(_ =>
        {
            budget.Cancel();
            return new TaskCompletionSource<WireAnswer>().Task;
        });

        var hanging = () => call(budget.Token, wire);

        await hanging.Should().ThrowAsync<OperationCanceledException>();
        wire.Requests.Should().NotBeEmpty();
    }

    /// <summary>Points a client's configuration here.</summary>
    /// <param name="config">The configuration that the adapter made.</param>
    /// <param name="retries">The SDK's retries. There are none by default, because the SDK pauses in real time.</param>
    public TConfig Plays<TConfig>(TConfig config, int retries = 0)
        where TConfig : ClientConfig
    {
        (config.ServiceURL, config.AuthenticationRegion) = ("http://aws.test", "eu-north-1");
        (config.MaxErrorRetry, config.HttpClientFactory, config.DefaultAWSCredentials) = (retries, new Factory(this), Credentials);
        return config;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        var operation = headers.GetValueOrDefault("X-Amz-Target")?.Split('.')[^1];
        var recorded = new WireRequest(request.Method.Method, request.RequestUri!, operation, headers, body);
        _requests.Add(recorded);
        var answered = await answer(recorded).WaitAsync(cancellationToken);
        var response = new HttpResponseMessage(answered.Status) { RequestMessage = request, Content = answered.Content() };
        response.Headers.Add("x-amzn-RequestId", "request-1");
        return response;
    }

    private sealed class Factory(FakeAws fake) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(fake, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
