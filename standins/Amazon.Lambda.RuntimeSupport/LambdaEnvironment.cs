namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The environment variables that Lambda gives a function.</summary>
public class LambdaEnvironment
{
    internal const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    private readonly Func<string, string> _read;

    public LambdaEnvironment()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    internal LambdaEnvironment(Func<string, string> read) => _read = read;

    /// <summary>In MB.</summary>
    public string FunctionMemorySize => _read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");

    public string FunctionName => _read("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => _read("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => _read("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => _read("AWS_LAMBDA_LOG_STREAM_NAME");

    public string RuntimeServerHostAndPort => _read("AWS_LAMBDA_RUNTIME_API");

    public string Handler => _read("_HANDLER");

    public string XAmznTraceId => _read(TraceIdVariable);

    public string ExecutionEnvironment => _read("AWS_EXECUTION_ENV");

    internal string LogFormat => FirstOf("AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_LOG_FORMAT");

    internal string LogLevel => FirstOf("AWS_LAMBDA_HANDLER_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL");

    /// <summary>For debugging: answer one invocation, then return.</summary>
    internal bool RunOnce => IsTrue("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE");

    internal bool DisableHeapMemoryLimit => IsTrue("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK");

    private string FirstOf(string first, string second) => _read(first) is { Length: > 0 } value ? value : _read(second);

    private bool IsTrue(string name) => string.Equals(_read(name), "true", StringComparison.OrdinalIgnoreCase);
}
