namespace DataToEvents.Generator.Sending;

/// <summary>
/// Says which records are due. With a rate the schedule is fixed at the start (open loop): a slow target makes records late, it does not make the load
/// smaller. Without a rate all records are due at once, until the time is over.
/// </summary>
internal sealed class SendSchedule(SendPlan plan, TimeProvider time)
{
    /// <summary>Records become due in ticks, so that a high rate does not fall apart into calls of one record.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly long _start = time.GetTimestamp();

    /// <summary>The number of records that are due. Record i is due at the first tick at or after i / rate seconds.</summary>
    public long Due => plan.RecordsPerSecond is { } rate
        ? Math.Min(plan.Expected ?? long.MaxValue, 1 + (long)Math.Floor(Elapsed.Ticks / Tick.Ticks * Tick.TotalSeconds * rate))
        : IsTimeUp ? 0 : plan.Count ?? long.MaxValue;

    /// <summary>Whether the time is over. Without a rate, records that were not sent by then are not sent any more; with a rate, each record that became due is sent, however late.</summary>
    public bool IsTimeUp => plan.RecordsPerSecond is null && Elapsed >= plan.Duration;

    public TimeSpan UntilNextTick => Tick - TimeSpan.FromTicks(Elapsed.Ticks % Tick.Ticks);

    /// <summary>How late a record is now.</summary>
    public TimeSpan Lateness(long record) => plan.RecordsPerSecond is { } rate ? Elapsed - TimeSpan.FromSeconds(record / rate) : TimeSpan.Zero;

    private TimeSpan Elapsed => time.GetElapsedTime(_start);
}
