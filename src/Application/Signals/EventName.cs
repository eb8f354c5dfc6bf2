namespace DataToEvents.Application.Signals;

/// <summary>Names an event in log messages. The names are the same at every step, so that one search finds all messages about an event.</summary>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="Stream">CloudEvents <c>subject</c>.</param>
/// <param name="TraceId">32 hex digits, or null when it has no trace.</param>
public sealed record EventName(string Id, string Stream, string? TraceId)
{
    public static EventName Of(DataEvent named) => new(named.Id.Value, named.Stream.Value, TraceParent.TraceId(named.TraceParent));
}
