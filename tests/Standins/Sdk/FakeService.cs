namespace DataToEvents.Standins.Tests.Sdk;

/// <summary>A request that a client sent.</summary>
public sealed record SentRequest(string Method, string Path, WebHeaderCollection Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>An AWS service at a loopback address. It gives its responses in turn, and repeats the last one.</summary>
public sealed class FakeService : IAsyncDisposable
{
    private readonly Queue<(int Status, string Body)> _answers;
    private readonly LoopbackServer _server;

    public FakeService(params (int Status, string Body)[] answers)
    {
        _answers = new(answers);
        _server = new LoopbackServer(AnswerAsync);
    }

    public string Url => _server.Url;

    public List<SentRequest> Requests { get; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        Requests.Add(new SentRequest(context.Request.HttpMethod, context.Request.Url!.PathAndQuery, new WebHeaderCollection { context.Request.Headers }, await reader.ReadToEndAsync()));
        var (status, body) = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        context.Response.StatusCode = status;
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
    }
}
