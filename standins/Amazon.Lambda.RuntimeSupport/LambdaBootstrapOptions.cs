namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>Settings that otherwise come from the environment.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>Host and port of the Runtime API; by default the environment's AWS_LAMBDA_RUNTIME_API.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
