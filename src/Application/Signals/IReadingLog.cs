namespace DataToEvents.Application.Signals;

/// <summary>Where the readings of an invocation go besides the meter: a log that somebody draws metrics from.</summary>
public interface IReadingLog
{
    /// <param name="readings">None is zero, none stands twice.</param>
    void Write(IReadOnlyList<Reading> readings);
}
