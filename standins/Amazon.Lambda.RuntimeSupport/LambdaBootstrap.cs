using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;
using Amazon.Lambda.RuntimeSupport.Logging;
using Amazon.Lambda.RuntimeSupport.RuntimeApi;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Fetches invocations from the Lambda Runtime API, has the handler answer them one after the other, and posts answers and errors.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly HandlerWrapper _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly LambdaBootstrapOptions _options;

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, new HandlerWrapper(handler), initializer)
    {
    }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(new HandlerWrapper(handler), initializer)
    {
    }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(new HandlerWrapper(handler), lambdaBootstrapOptions, initializer)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(handlerWrapper, null, initializer)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), handlerWrapper, lambdaBootstrapOptions, initializer) => _ownsHttpClient = true;

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper, null, initializer)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handlerWrapper);
        _httpClient = httpClient;
        _handler = handlerWrapper;
        _options = lambdaBootstrapOptions;
        _initializer = initializer;
        // Between two invocations the environment is frozen, for hours if need be, with `next` under way.
        _httpClient.Timeout = Timeout.InfiniteTimeSpan;
    }

    internal LambdaEnvironment Environment { get; init; } = new();

    internal Action<string, string> SetEnvironmentVariable { get; init; } = System.Environment.SetEnvironmentVariable;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal TextWriter Output { get; init; } = Console.Out;

    /// <summary>A client fit for the Runtime API: one kept-alive connection, headers in UTF-8.</summary>
    public static HttpClient ConstructHttpClient()
    {
        var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
        };
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"aws-lambda-dotnet/{System.Environment.Version}");
        return client;
    }

    /// <summary>Runs until the token asks to stop; an invocation under way is answered first.</summary>
    /// <exception cref="Exception">The endpoint stays out of reach or calls its state unrecoverable; the process should end.</exception>
    /// <exception cref="InvalidOperationException">No endpoint is known.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = _options?.RuntimeApiEndpoint is { Length: > 0 } configured ? configured : Environment.RuntimeServerHostAndPort;
        if (string.IsNullOrEmpty(endpoint))
        {
            throw new InvalidOperationException("The environment variable AWS_LAMBDA_RUNTIME_API names no endpoint: this program runs inside Lambda, or beside something that speaks the Lambda Runtime API.");
        }

        HeapLimit.Apply(Environment);
        var log = FunctionLog.From(Environment, Output, Clock);
        LambdaLogger.Current = log.Write;
        var loop = new InvocationLoop(new RuntimeApiConnection(_httpClient, endpoint, Clock), log, this);
        if (await loop.InitializeAsync(_initializer))
        {
            await loop.RunAsync(_handler, cancellationToken);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }
}
