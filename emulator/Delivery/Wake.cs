namespace DataToEvents.Emulator.Delivery;

/// <summary>The signal that one loop sleeps on: <see cref="Set"/> or the time of <see cref="SetAfter"/> wakes it.</summary>
internal sealed class Wake : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _sleeper;
    private bool _set;

    public Wake(TimeProvider time) =>
        _timer = time.CreateTimer(static wake => ((Wake)wake!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes the sleeper, or lets the next sleep end at once.</summary>
    public void Set()
    {
        TaskCompletionSource? sleeper;
        lock (_gate)
        {
            sleeper = _sleeper;
            _sleeper = null;
            _set = sleeper is null;
        }

        sleeper?.TrySetResult();
    }

    /// <summary>Sets the signal after that time, null: never. Replaces an earlier time.</summary>
    public void SetAfter(TimeSpan? due)
    {
        // Timers cut to whole milliseconds. A timer that fires too early would make its loop spin.
        var delay = due is { } wait ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public Task SleepAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource sleeper;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return Task.CompletedTask;
            }

            _sleeper = sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return sleeper.UntilAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();
}
