using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes a <see cref="LambdaBootstrap"/> for a handler of any of the shapes that Lambda knows.</summary>
public partial class LambdaBootstrapBuilder
{
    private HttpClient _httpClient;
    private LambdaBootstrapInitializer _initializer;
    private LambdaBootstrapOptions _options;

    private LambdaBootstrapBuilder(HandlerWrapper handler) => Handler = handler;

    internal HandlerWrapper Handler { get; }

    /// <summary>Speaks to the Runtime API through this client, which stays the caller's to dispose.</summary>
    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _httpClient = httpClient;
        return this;
    }

    /// <summary>Runs an initializer before the first invocation; what it throws is reported as the function's init error.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options = null)
    {
        _options ??= new LambdaBootstrapOptions();
        options?.Invoke(_options);
        return this;
    }

    public LambdaBootstrap Build() => _httpClient is null
        ? new LambdaBootstrap(Handler, _options, _initializer)
        : new LambdaBootstrap(_httpClient, Handler, _options, _initializer);

    private static LambdaBootstrapBuilder Silent(Func<Stream, ILambdaContext, Task> handler, ILambdaSerializer serializer = null) =>
        new(new HandlerWrapper(
            async invocation =>
            {
                await handler(invocation.InputStream, invocation.LambdaContext);
                return new InvocationResponse(null, false);
            },
            serializer));

    private static LambdaBootstrapBuilder Streaming(Func<Stream, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer = null) =>
        new(new HandlerWrapper(
            async invocation => new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext)),
            serializer));

    private static LambdaBootstrapBuilder Typed<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer)
    {
        // One invocation runs at a time and its answer is sent before the next one starts, so all share one buffer.
        var answer = new MemoryStream();
        return new(new HandlerWrapper(
            async invocation =>
            {
                var output = await handler(invocation.InputStream, invocation.LambdaContext);
                answer.SetLength(0);
                serializer.Serialize(output, answer);
                answer.Position = 0;
                return new InvocationResponse(answer, false);
            },
            serializer));
    }

    private static Task Done(Action handler)
    {
        handler();
        return Task.CompletedTask;
    }
}
