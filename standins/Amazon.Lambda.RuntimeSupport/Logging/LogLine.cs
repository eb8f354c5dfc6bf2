using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.RuntimeApi;

namespace Amazon.Lambda.RuntimeSupport.Logging;

/// <summary>One entry of the log; the invocation and the exception may be missing.</summary>
internal readonly record struct LogLine(
    DateTimeOffset Time,
    LogLevel Level,
    NextInvocation Invocation,
    string Message,
    IReadOnlyList<KeyValuePair<string, object>> Properties,
    Exception Exception)
{
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
}

/// <summary>Makes the text of one entry, without the line's end.</summary>
internal interface ILineFormat
{
    string Format(LogLine line);
}
