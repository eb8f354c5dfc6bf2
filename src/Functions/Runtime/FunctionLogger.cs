using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace DataToEvents.Functions.Runtime;

/// <summary>
/// Lambda's own logger behind <c>[LoggerMessage]</c>: with the log format JSON each line is an object with level, request, trace, message, and the
/// message's arguments by name. The logging stack itself (providers, configuration) is left out: it costs milliseconds of every cold start.
/// </summary>
public sealed class FunctionLogger(ILambdaLogger logger) : ILogger
{
    /// <summary>The end of a message's template, which names the event that the message is about. It is left out where <c>EventId</c>, the first of its three arguments, is null.</summary>
    public const string OfEvent = " (event {EventId} of stream {Stream}, trace {EventTrace})";

    private const int ArgumentsOfEvent = 3;

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
            var (template, count) = (values[^1].Value as string ?? "", values.Count - 1);
            if (template.EndsWith(OfEvent, StringComparison.Ordinal) && values[count - ArgumentsOfEvent].Value is null)
            {
                (template, count) = (template[..^OfEvent.Length], count - ArgumentsOfEvent);
            }

            var arguments = new object?[count];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = values[i].Value;
            }

            logger.Log(logLevel.ToString(), template, arguments!);
        }
        else
        {
            logger.Log(logLevel.ToString(), formatter(state, exception));
        }
    }
}
