using Microsoft.Extensions.Logging;

namespace DataToEvents.Functions.EventResponder;

/// <summary>What the function says. A line names an event by id, stream and trace, and never holds a payload.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Response}: event {EventId} of stream {Stream}, trace {EventTrace}")]
    public static partial void Responded(ILogger log, string response, string eventId, string stream, string? eventTrace);
}
