using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.EventStorer;

/// <summary>The function's log messages. A message names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class EventStorerLog
{
    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} was put into the dead-letter queue, because no retry helps: {Reason}" + FunctionLogger.OfEvent)]
    public static partial void SetAside(ILogger log, string messageId, string reason, string? eventId, string? stream, string? eventTrace);

    [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} was not stored: {Reason}" + FunctionLogger.OfEvent)]
    public static partial void NotStored(ILogger log, string messageId, string reason, string? eventId, string? stream, string? eventTrace);
}
