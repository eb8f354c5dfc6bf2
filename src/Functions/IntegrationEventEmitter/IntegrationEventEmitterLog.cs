using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>The function's log messages. A message names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class IntegrationEventEmitterLog
{
    [LoggerMessage(1, LogLevel.Warning, "The change {SequenceNumber} was not published: {Reason}" + FunctionLogger.OfEvent)]
    public static partial void NotPublished(ILogger log, string sequenceNumber, string? reason, string? eventId, string? stream, string? eventTrace);
}
