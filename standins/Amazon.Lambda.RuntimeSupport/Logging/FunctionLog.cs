using System.Globalization;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.RuntimeApi;

namespace Amazon.Lambda.RuntimeSupport.Logging;

/// <summary>Writes the function's log lines to standard output, where Lambda collects them: tab-separated text or JSON.</summary>
internal sealed class FunctionLog(TextWriter output, TimeProvider clock, ILineFormat format, LogLevel lowest) : ILambdaLogger
{
    private readonly Lock _oneLineAtATime = new();

    /// <summary>The one whose request and trace ids lines carry; null during init.</summary>
    public NextInvocation Invocation { get; set; }

    public static FunctionLog From(LambdaEnvironment environment, TextWriter output, TimeProvider clock) => new(
        output,
        clock,
        string.Equals(environment.LogFormat, "JSON", StringComparison.OrdinalIgnoreCase) ? new JsonLineFormat() : new TextLineFormat(),
        LevelOf(environment.LogLevel) ?? LogLevel.Information);

    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => Write(null, null, message, []);

    public void Log(string level, string message) => Write(level, null, message, []);

    public void Log(string level, string message, params object[] args) => Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) => Write(level, exception, message, args);

    public void WriteError(Exception exception) => Write(nameof(LogLevel.Error), exception, null, []);

    public void Write(string level, Exception exception, string message, object[] args)
    {
        var severity = LevelOf(level) ?? LogLevel.Information;
        if (severity < lowest)
        {
            return;
        }

        var text = MessageTemplate.Parse(message ?? "").Render(args ?? [], out var properties);
        var line = format.Format(new LogLine(clock.GetUtcNow(), severity, Invocation, text, properties, exception));
        lock (_oneLineAtATime)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>.NET's names of the levels and Lambda's: TRACE, DEBUG, INFO, WARN, ERROR, FATAL.</summary>
    private static LogLevel? LevelOf(string name) => name?.ToUpper(CultureInfo.InvariantCulture) switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
    };
}
