using System.Threading.Channels;

namespace DataToEvents.Standins.Tests.Runtime;

/// <summary>What the bootstrap posted: to which path below /runtime, with which headers and body.</summary>
public sealed record Posted(string Path, WebHeaderCollection Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>The Lambda Runtime API as its specification has it: hands out the invocations put in, and records what comes back.</summary>
public sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly Channel<Invocation> _invocations = Channel.CreateUnbounded<Invocation>();
    private readonly Channel<Posted> _posts = Channel.CreateUnbounded<Posted>();
    private readonly CancellationTokenSource _gone = new();
    private readonly LoopbackServer _server;

    public FakeRuntimeApi(int? port = null) => _server = new LoopbackServer(AnswerAsync, port);

    public string Endpoint => $"127.0.0.1:{_server.Port}";

    public int Port => _server.Port;

    /// <summary>Status by path below /runtime; 202 for all others.</summary>
    public Dictionary<string, HttpStatusCode> Refusals { get; } = [];

    public HttpStatusCode NextStatus { get; set; } = HttpStatusCode.OK;

    public void Put(string json, string requestId = "request-1", params (string Name, string Value)[] headers) =>
        _invocations.Writer.TryWrite(new Invocation(requestId, Encoding.UTF8.GetBytes(json), headers));

    /// <summary>The number of posts that the test has not read yet.</summary>
    public int Posts => _posts.Reader.Count;

    public async Task<Posted> NextPostAsync() => await _posts.Reader.ReadAsync();

    public async ValueTask DisposeAsync()
    {
        // Tests take it down in the midst of things, and again when they end.
        await _gone.CancelAsync();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        path.Should().StartWith("/2018-06-01/runtime/");
        path = path["/2018-06-01/runtime".Length..];
        if (path == "/invocation/next")
        {
            await HandOutAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = (int)Refusals.GetValueOrDefault(path, HttpStatusCode.Accepted);
        context.Response.OutputStream.Write("""{"status":"OK"}"""u8);
        _posts.Writer.TryWrite(new Posted(path, new WebHeaderCollection { context.Request.Headers }, body));
    }

    private async Task HandOutAsync(HttpListenerContext context)
    {
        if (NextStatus != HttpStatusCode.OK)
        {
            context.Response.StatusCode = (int)NextStatus;
            return;
        }

        var invocation = await _invocations.Reader.ReadAsync(_gone.Token);
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        foreach (var (name, value) in invocation.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength64 = invocation.Event.Length;
        await context.Response.OutputStream.WriteAsync(invocation.Event);
    }

    private sealed record Invocation(string RequestId, byte[] Event, (string Name, string Value)[] Headers);
}
