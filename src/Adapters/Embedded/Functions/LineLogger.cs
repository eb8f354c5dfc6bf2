using Amazon.Lambda.Core;

namespace DataToEvents.Adapters.Embedded.Functions;

/// <summary>The logger of a handler in this process: each line goes to the host's log.</summary>
internal sealed class LineLogger(string functionName, IFunctionLog log) : ILambdaLogger
{
    public void Log(string message) => log.Write(functionName, message);

    public void LogLine(string message) => log.Write(functionName, message);

    public void Log(string level, string message) => log.Write(functionName, $"{level}: {message}");
}
