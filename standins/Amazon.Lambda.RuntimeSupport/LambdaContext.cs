using System.Globalization;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.RuntimeApi;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaContext(
    NextInvocation invocation, LambdaEnvironment environment, TimeProvider clock, ILambdaLogger logger, ILambdaSerializer serializer)
    : ILambdaContext
{
    private ClientContext _clientContext;
    private CognitoIdentity _identity;

    public string AwsRequestId => invocation.RequestId;

    public IClientContext ClientContext => _clientContext ??= RuntimeSupport.ClientContext.Parse(invocation.ClientContextJson);

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => _identity ??= CognitoIdentity.Parse(invocation.CognitoIdentityJson);

    public string InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger => logger;

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => int.TryParse(environment.FunctionMemorySize, CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => invocation.Deadline - clock.GetUtcNow();

    public string TenantId => invocation.TenantId;

    public string TraceId => invocation.TraceId;

    public ILambdaSerializer Serializer => serializer;
}
