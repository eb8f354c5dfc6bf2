using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.Transformer;

/// <summary>The function's log messages. A message names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class TransformerLog
{
    [LoggerMessage(1, LogLevel.Warning, "Record {RecordId} failed: {Reason}" + FunctionLogger.OfEvent)]
    public static partial void RecordFailed(ILogger log, string recordId, string? reason, string? eventId, string? stream, string? eventTrace);

    [LoggerMessage(2, LogLevel.Warning, "{Failed} of {Records} records failed; the first {Named} of them follow")]
    public static partial void RecordsFailed(ILogger log, int failed, int records, int named);

    [LoggerMessage(3, LogLevel.Warning, "Events {Doubt}: {Count}. The first: {Reason}")]
    public static partial void Doubted(ILogger log, string doubt, long count, string reason);
}
