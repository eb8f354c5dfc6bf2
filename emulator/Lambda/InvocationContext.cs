using Amazon.Lambda.Core;

namespace DataToEvents.Emulator.Lambda;

/// <summary>What a handler in this process is told of its invocation.</summary>
internal sealed class InvocationContext(
    FunctionOptions options, string requestId, string traceId, DateTimeOffset deadline, TimeProvider clock, ILambdaLogger logger, ILambdaSerializer serializer)
    : ILambdaContext
{
    public static InvocationContext Start(FunctionOptions options, FunctionHost host, string? traceHeader, ILambdaLogger logger, ILambdaSerializer serializer)
    {
        var now = host.Clock.GetUtcNow();
        return new InvocationContext(options, host.Ids.NextRequestId(), traceHeader ?? host.Ids.NextTraceId(now), now + options.Timeout, host.Clock, logger, serializer);
    }

    public string AwsRequestId => requestId;

    // As on Lambda for invocations by a service: there is no client, and nobody has signed in.
    public IClientContext? ClientContext => null;

    public ICognitoIdentity? Identity => null;

    public string FunctionName => options.Name;

    public string FunctionVersion => options.Version;

    public string InvokedFunctionArn => options.Arn;

    public ILambdaLogger Logger => logger;

    public string LogGroupName => options.LogGroup;

    public string LogStreamName => options.LogStream;

    public int MemoryLimitInMB => options.MemoryMegabytes;

    public TimeSpan RemainingTime => deadline - clock.GetUtcNow();

    public string TraceId => traceId;

    public ILambdaSerializer Serializer => serializer;
}
