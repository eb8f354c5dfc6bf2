namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a handler of one invocation and of the function that it runs in.</summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }

    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    ICognitoIdentity Identity { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    /// <summary>In MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time left until Lambda stops the invocation; negative once it has passed.</summary>
    TimeSpan RemainingTime { get; }

    string TenantId => string.Empty;

    /// <summary>The X-Ray header of the invocation, <c>Root=...;Parent=...;Sampled=...</c>.</summary>
    string TraceId => string.Empty;

    /// <summary>The serializer that the handler was registered with; null for handlers of raw streams.</summary>
    ILambdaSerializer Serializer => null;
}
