namespace DataToEvents.Generator.Sending;

/// <summary>
/// Hands out record numbers when they are due. With a rate the schedule is fixed at the start (open loop): a slow target makes
/// records late, it does not make the load smaller. Without one everything is due at once. Safe for several workers.
/// </summary>
internal sealed class Pace(long count, double? recordsPerSecond, TimeProvider time)
{
    /// <summary>Records become due in ticks, so that a high rate does not fall apart into calls of one record.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private long _next;

    /// <summary>The next records, up to <paramref name="most"/>, as soon as there is one; length 0 when all were handed out.</summary>
    public async Task<(long From, int Length)> NextAsync(int most, CancellationToken stopping)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                var length = (int)Math.Min(most, Due() - _next);
                if (length > 0 || _next == count)
                {
                    var from = _next;
                    _next += length;
                    return (from, length);
                }

                wait = UntilNextTick();
            }

            await Task.Delay(wait, time, stopping);
        }
    }

    /// <summary>Record i is due at the first tick at or after i / rate.</summary>
    private long Due() => recordsPerSecond is { } rate
        ? Math.Min(count, 1 + (long)Math.Floor(time.GetElapsedTime(_start).Ticks / Tick.Ticks * Tick.TotalSeconds * rate))
        : count;

    private TimeSpan UntilNextTick() => Tick - TimeSpan.FromTicks(time.GetElapsedTime(_start).Ticks % Tick.Ticks);
}
