namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>
/// A clock that runs faster than ours, so that a deployed visibility timeout of three minutes passes in seconds. For the services only:
/// the functions, and how long they may take, run on real time.
/// </summary>
/// <param name="factor">The number of its seconds in one real second.</param>
/// <param name="origin">The time that it begins with; null begins with the present.</param>
internal sealed class ScaledClock(int factor, DateTimeOffset? origin = null) : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _origin = origin ?? DateTimeOffset.UtcNow;

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override DateTimeOffset GetUtcNow() => _origin + (Stopwatch.GetElapsedTime(_start) * factor);

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _start) * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>Rounds up to a timer's resolution, because the timer must not fire early.</summary>
    private TimeSpan Real(TimeSpan scaled) =>
        scaled <= TimeSpan.Zero ? scaled : TimeSpan.FromMilliseconds(Math.Ceiling(scaled.TotalMilliseconds / factor));

    private sealed class ScaledTimer(ITimer timer, ScaledClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
