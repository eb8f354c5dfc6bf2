namespace DataToEvents.Generator.Sending;

/// <param name="Count">Records to send; null: until the source or the duration ends.</param>
/// <param name="RecordsPerSecond">Null: as fast as the target takes them.</param>
/// <param name="Concurrency">Calls in flight, at least 1. A stream is never in two of them.</param>
/// <param name="Duration">How long to send; null: until all is sent.</param>
/// <param name="StrictOrder">Never two records of a stream in one call, whose entries may fail one by one.</param>
internal sealed record SendPlan(long? Count, double? RecordsPerSecond, int Concurrency, TimeSpan? Duration = null, bool StrictOrder = false)
{
    /// <summary>How many records there will be, as far as that is known.</summary>
    public long? Expected => (Count, RecordsPerSecond, Duration) switch
    {
        (_, { } rate, { } duration) => Math.Min(Count ?? long.MaxValue, (long)Math.Ceiling(rate * duration.TotalSeconds)),
        _ => Count,
    };

    /// <summary>How many records have to be delivered, by what was asked for; null where the time that was set may come first.</summary>
    public long? Required => RecordsPerSecond is null && Duration is not null ? null : Expected;
}
