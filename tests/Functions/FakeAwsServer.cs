using System.Net.Sockets;

namespace DataToEvents.Functions.Tests;

/// <summary>An endpoint that refuses calls, one at a time.</summary>
internal sealed class FakeAwsServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public FakeAwsServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    /// <summary>Waits for a call and does not answer it.</summary>
    public Task AskedAsync() => _listener.GetContextAsync();

    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The code of the error.</param>
    /// <param name="times">The number of calls to refuse. The SDK retries a call that may succeed later.</param>
    public async Task RefuseAsync(HttpStatusCode status, string code, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await RefuseOnceAsync(status, code);
        }
    }

    /// <summary>Answers a call.</summary>
    /// <returns>Its operation and its body.</returns>
    public async Task<string> AnswerAsync(string json)
    {
        var context = await _listener.GetContextAsync();
        using var body = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var call = $"{context.Request.Headers["X-Amz-Target"]} {await body.ReadToEndAsync()}";
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
        context.Response.Close();
        return call;
    }

    private async Task RefuseOnceAsync(HttpStatusCode status, string code)
    {
        var context = await _listener.GetContextAsync();
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        // The listener cannot reuse a connection whose request body was not read, so the next call needs a new one.
        context.Response.KeepAlive = false;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"__type":"{{code}}","message":"said the service"}"""));
        context.Response.Close();
    }
}
