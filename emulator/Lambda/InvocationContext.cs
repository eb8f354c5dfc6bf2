using Amazon.Lambda.Core;

namespace DataToEvents.Emulator.Lambda;

/// <summary>The context of one invocation for a handler in this process. It begins with the invocation.</summary>
internal sealed class InvocationContext(FunctionOptions options, FunctionHost host, string? traceHeader, ILambdaLogger logger, ILambdaSerializer serializer) : ILambdaContext
{
    private readonly DateTimeOffset _deadline = host.Clock.GetUtcNow() + options.Timeout;

    public string AwsRequestId { get; } = host.Ids.NextRequestId();

    public string TraceId { get; } = traceHeader ?? host.Ids.NextTraceId(host.Clock.GetUtcNow());

    // Null as on Lambda when a service invokes: there is no client and no signed-in user.
    public IClientContext? ClientContext => null;

    public ICognitoIdentity? Identity => null;

    public string FunctionName => options.Name;

    public string FunctionVersion => options.Version;

    public string InvokedFunctionArn => options.Arn;

    public ILambdaLogger Logger => logger;

    public string LogGroupName => options.LogGroup;

    public string LogStreamName => options.LogStream;

    public int MemoryLimitInMB => options.MemoryMegabytes;

    public TimeSpan RemainingTime => _deadline - host.Clock.GetUtcNow();

    public ILambdaSerializer Serializer => serializer;
}
