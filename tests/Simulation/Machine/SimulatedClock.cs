namespace DataToEvents.Simulation.Machine;

/// <summary>
/// A clock that moves only when nothing else can happen. Timers count elapsed time. The wall clock may be set forward or back, as
/// operators and NTP do, and timers are not affected.
/// </summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Timer Timer, long Version), (long Due, long Order)> _timers = new();
    private long _elapsed;
    private long _set;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => TimeSpan.FromTicks(_elapsed);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(_elapsed + _set);

    public override long GetTimestamp() => _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the wall clock.</summary>
    public void Jump(TimeSpan by) => _set += by.Ticks;

    /// <summary>Goes on to the next timer and fires it; false when there is none.</summary>
    public bool TryAdvance()
    {
        while (_timers.TryDequeue(out var next, out var at))
        {
            if (next.Timer.Version == next.Version)
            {
                _elapsed = Math.Max(_elapsed, at.Due);
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Version, _period) = (Version + 1, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._timers.Enqueue((this, Version), (clock._elapsed + dueTime.Ticks, clock._order++));
            }

            return true;
        }

        public void Fire()
        {
            Version++;
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Version++;
            return ValueTask.CompletedTask;
        }
    }
}
