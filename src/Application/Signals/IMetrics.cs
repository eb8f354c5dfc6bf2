namespace DataToEvents.Application.Signals;

/// <summary>Takes the readings of each invocation, beside the meter.</summary>
public interface IMetrics
{
    /// <param name="readings">No reading is zero, and no signal has two.</param>
    void Write(IReadOnlyList<Reading> readings);
}
