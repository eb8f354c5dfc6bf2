using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// The Lambda Runtime API (2018-06-01) for one runtime, on a loopback port of its own. As on Lambda, each instance of a function has its
/// own, so that a process that was replaced cannot answer for its successor.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const string Invocations = Root + "invocation/";

    // Amazon's runtime client sends an error's causes in a header (Lambda-Runtime-Function-XRay-Error-Cause) of up to 1 MiB. If the header were refused, the process would end and the error be lost.
    private const int MaxHeaderBytes = (1024 + 64) * 1024;

    private readonly FunctionOptions _options;
    private readonly FunctionHost _host;
    private readonly RuntimeState _state = new();
    private readonly BodyBudget _budget = new(4L * LambdaErrors.MaxPayloadBytes);
    private HttpServer? _server;

    private RuntimeApi(FunctionOptions options, FunctionHost host) => (_options, _host) = (options, host);

    /// <summary>Host and port: the value of <c>AWS_LAMBDA_RUNTIME_API</c> for the runtime.</summary>
    public string Endpoint => $"127.0.0.1:{_server!.Port}";

    /// <summary>Completes when the runtime asks for its first invocation (null) or reports an error of its start.</summary>
    public Task<FunctionError?> Initialised => _state.Initialised;

    public static async Task<RuntimeApi> StartAsync(FunctionOptions options, FunctionHost host)
    {
        var api = new RuntimeApi(options, host);
        api._server = await HttpServer.StartAsync(IPAddress.Loopback, 0, api.AnswerAsync, MaxHeaderBytes);
        return api;
    }

    /// <summary>Hands an invocation to the runtime. The function's timeout starts here. Further invocations wait for their turn.</summary>
    /// <param name="payload">The event as UTF-8 JSON.</param>
    /// <param name="traceHeader">The X-Ray trace of the invocation; null begins a trace.</param>
    /// <param name="ended">Completes with a reason when the runtime is gone, which ends the invocation.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, Task<string> ended, CancellationToken cancellationToken)
    {
        if (payload.Length > LambdaErrors.MaxPayloadBytes)
        {
            return LambdaErrors.RequestTooLarge(payload.Length);
        }

        var now = _host.Clock.GetUtcNow();
        var invocation = new PendingInvocation(_host.Ids.NextRequestId(), traceHeader ?? _host.Ids.NextTraceId(now), payload, now + _options.Timeout);
        _state.Offer(invocation);
        try
        {
            await Task.WhenAny(invocation.Answer, ended).WaitAsync(_options.Timeout, _host.Clock, cancellationToken);
            if (ended.IsCompletedSuccessfully)
            {
                invocation.TryAnswer(LambdaErrors.Exited(invocation.RequestId, await ended));
            }
        }
        catch (TimeoutException)
        {
            invocation.TryAnswer(LambdaErrors.TimedOut(invocation.RequestId, _options.Timeout));
        }
        catch (OperationCanceledException)
        {
            // A later answer is refused: the payload belongs to the caller again.
            invocation.TryAnswer(LambdaErrors.Exited(invocation.RequestId, "as the host gave the invocation up"));
            throw;
        }

        return await invocation.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        return (context.Request.Method, path) switch
        {
            ("GET", Invocations + "next") => NextAsync(context),
            ("POST", Root + "init/error") => InitErrorAsync(context),
            ("POST", _) when RequestIdOf(path, "/response") is { } id => ResponseAsync(context, id),
            ("POST", _) when RequestIdOf(path, "/error") is { } id => ErrorAsync(context, id),
            _ => RuntimeAnswers.NotFoundAsync(context.Response),
        };
    }

    private async Task NextAsync(HttpContext context)
    {
        if (_state.IsBusy)
        {
            await RuntimeAnswers.VerdictAsync(context.Response, RuntimeVerdict.WrongState);
            return;
        }

        var invocation = await _state.TakeAsync(context.RequestAborted);
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = _options.Arn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        headers.ContentType = "application/json";
        headers.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task ResponseAsync(HttpContext context, string requestId)
    {
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, LambdaErrors.MaxPayloadBytes, _budget);
            var verdict = _state.Complete(requestId, InvocationResult.Success(body.Bytes.ToArray()));
            await RuntimeAnswers.VerdictAsync(context.Response, verdict);
        }
        catch (BodyTooLargeException)
        {
            _state.Complete(requestId, LambdaErrors.ResponseTooLarge(context.Request.ContentLength));
            await RuntimeAnswers.TooLargeAsync(context.Response);
        }
    }

    private async Task ErrorAsync(HttpContext context, string requestId)
    {
        var error = await ReadErrorAsync(context);
        await RuntimeAnswers.VerdictAsync(context.Response, _state.Complete(requestId, InvocationResult.Failure(error.Type, error.Message)));
    }

    private async Task InitErrorAsync(HttpContext context) =>
        await RuntimeAnswers.VerdictAsync(context.Response, _state.FailInit(await ReadErrorAsync(context)));

    private async Task<FunctionError> ReadErrorAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context.Request, LambdaErrors.MaxPayloadBytes, _budget);
        return RuntimeError.Read(body.Bytes.Span, context.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    private static string? RequestIdOf(string path, string ending) =>
        path.StartsWith(Invocations, StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal)
        && path.Length > Invocations.Length + ending.Length
            ? path[Invocations.Length..^ending.Length]
            : null;
}
