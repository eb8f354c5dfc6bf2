namespace DataToEvents.Generator.Sending;

/// <param name="Count">Records to send; null: until the source or the duration ends.</param>
/// <param name="RecordsPerSecond">Null: as fast as the target takes them.</param>
/// <param name="Concurrency">Calls in flight, at least 1. A stream is never in two of them.</param>
/// <param name="Duration">How long to send; null: until all is sent.</param>
/// <param name="StrictOrder">Never two records of a stream in one call, whose entries may fail one by one.</param>
internal sealed record SendPlan(long? Count, double? RecordsPerSecond, int Concurrency, TimeSpan? Duration = null, bool StrictOrder = false)
{
    /// <summary>How many records there will be; null if that is not known.</summary>
    public long? Expected => (Count, RecordsPerSecond, Duration) switch
    {
        (_, { } rate, { } duration) => Math.Min(Count ?? long.MaxValue, (long)Math.Ceiling(rate * duration.TotalSeconds)),
        _ => Count,
    };

    /// <summary>How many records have to be delivered for a success; null if the time may end first.</summary>
    public long? Required => RecordsPerSecond is null && Duration is not null ? null : Expected;
}
