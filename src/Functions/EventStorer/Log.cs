using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.EventStorer;

/// <summary>What the function says. A line names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} was not stored: {Reason} (event {EventId} of stream {Stream}, trace {EventTrace})")]
    public static partial void NotStored(ILogger log, string messageId, string reason, string? eventId, string? stream, string? eventTrace);
}
