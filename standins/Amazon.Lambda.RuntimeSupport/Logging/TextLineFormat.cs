using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport.Logging;

/// <summary>Time, request id, level and message, with tabs between.</summary>
internal sealed class TextLineFormat : ILineFormat
{
    public string Format(LogLine line)
    {
        var time = line.Time.UtcDateTime.ToString(LogLine.TimeFormat, CultureInfo.InvariantCulture);
        var start = $"{time}\t{line.Invocation?.RequestId}\t{Label(line.Level)}\t";
        return (line.Message, line.Exception) switch
        {
            (_, null) => start + line.Message,
            ("", _) => start + line.Exception,
            _ => $"{start}{line.Message}\n{line.Exception}",
        };
    }

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => level.ToString(),
    };
}
