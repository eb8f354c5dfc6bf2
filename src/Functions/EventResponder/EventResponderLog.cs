using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The function's log messages. A message names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class EventResponderLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Response}: event {EventId} of stream {Stream}, trace {EventTrace}")]
    public static partial void Responded(ILogger log, string response, string eventId, string stream, string? eventTrace);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} was not taken: {Reason}" + FunctionLogger.OfEvent)]
    public static partial void NotTaken(ILogger log, string messageId, string reason, string? eventId, string? stream, string? eventTrace);
}
