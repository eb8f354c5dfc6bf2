using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace DataToEvents.Functions.Runtime;

/// <summary>
/// Lambda's own logger behind <c>[LoggerMessage]</c>: with the log format JSON each line is an object with level, request, trace, message, and the
/// message's arguments by name. The logging stack itself (providers, configuration) is left out: it costs milliseconds of every cold start.
/// </summary>
public sealed class FunctionLogger(ILambdaLogger logger) : ILogger
{
    // Lambda sets it to the function's log level. It is checked here so that a line below that level costs nothing.
    private static readonly bool IsVerbose = Setting.Optional("AWS_LAMBDA_LOG_LEVEL") is "TRACE" or "DEBUG";

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || IsVerbose;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // The state that [LoggerMessage] generates holds the arguments by name, and the message's template last.
        if (state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values)
        {
            var arguments = new object?[values.Count - 1];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = values[i].Value;
            }

            logger.Log(logLevel.ToString(), values[^1].Value as string ?? "", arguments!);
        }
        else
        {
            logger.Log(logLevel.ToString(), formatter(state, exception));
        }
    }
}
