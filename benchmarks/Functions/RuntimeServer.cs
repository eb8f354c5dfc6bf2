using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataToEvents.Benchmarks.Functions;

/// <summary>The Lambda Runtime API for one process, which notes when that asks and when it answers. Each process has its own: what the one before it still asked for stays there.</summary>
internal sealed class RuntimeServer : IAsyncDisposable
{
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly TaskCompletionSource<long> _asked = New<long>();
    private TaskCompletionSource<ReadOnlyMemory<byte>> _event = New<ReadOnlyMemory<byte>>();
    private TaskCompletionSource<(long At, byte[] Answer)> _answered = New<(long, byte[])>();

    private RuntimeServer(WebApplication app) => _app = app;

    public string Endpoint { get; private set; } = "";

    /// <summary>When the process first asked for an invocation (Stopwatch's ticks).</summary>
    public Task<long> Asked => _asked.Task.WaitAsync(FunctionTimeout);

    public static async Task<RuntimeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = new RuntimeServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        server.Endpoint = $"127.0.0.1:{new Uri(server._app.Urls.Single()).Port}";
        return server;
    }

    /// <summary>Hands an event to the process, and answers with what it says, and when it said so.</summary>
    public async Task<(long At, byte[] Answer)> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        _answered = New<(long, byte[])>();
        _event.SetResult(payload);
        return await _answered.Task.WaitAsync(FunctionTimeout);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/next", StringComparison.Ordinal))
        {
            _asked.TrySetResult(Stopwatch.GetTimestamp());
            var payload = await _event.Task.WaitAsync(context.RequestAborted);
            _event = New<ReadOnlyMemory<byte>>();
            var headers = context.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
            headers["Lambda-Runtime-Deadline-Ms"] = (DateTimeOffset.UtcNow + FunctionTimeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:benchmark";
            headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
            headers.ContentLength = payload.Length;
            await context.Response.Body.WriteAsync(payload);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var at = Stopwatch.GetTimestamp();
        if (path.EndsWith("/error", StringComparison.Ordinal))
        {
            var error = new InvalidOperationException($"The function answered with an error: {System.Text.Encoding.UTF8.GetString(body.ToArray())}");
            _asked.TrySetException(error);
            _answered.TrySetException(error);
        }

        _answered.TrySetResult((at, body.ToArray()));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
