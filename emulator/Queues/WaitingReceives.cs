namespace DataToEvents.Emulator.Queues;

/// <summary>
/// Receives that wait for a message. A send, a group that is ready again and the end of a visibility timeout wake the one that waits longest.
/// </summary>
internal sealed class WaitingReceives : IAsyncDisposable
{
    private readonly Lock _gate;
    private readonly QueueBacklog _backlog;
    private readonly TimeProvider _time;
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = [];
    private readonly ITimer _timer;
    private long _timerDueMs = long.MaxValue;

    public WaitingReceives(Lock gate, QueueBacklog backlog, TimeProvider time)
    {
        (_gate, _backlog, _time) = (gate, backlog, time);
        _timer = time.CreateTimer(static waiting => ((WaitingReceives)waiting!).OnVisibleAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds a waiting receive. Call it under the lock, then <see cref="WaitAsync"/> outside of it.</summary>
    public TaskCompletionSource<bool> Add()
    {
        var signal = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.AddLast(signal);
        return signal;
    }

    /// <returns>True when the receive was woken, false when its time is over.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up. If it was woken too, the next one is woken instead.</exception>
    public async Task<bool> WaitAsync(TaskCompletionSource<bool> signal, long untilMs, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Stop(signal), null);
        await using var timeout = untilMs == long.MaxValue
            ? null
            : _time.CreateTimer(_ => Stop(signal), null, TimeSpan.FromMilliseconds(Math.Max(0, untilMs - NowMs)), Timeout.InfiniteTimeSpan);
        var woken = await signal.Task;
        if (woken && cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                WakeOne();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return woken;
    }

    public void WakeOne()
    {
        if (_waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            first.Value.SetResult(true);
        }
    }

    public void WakeOneIfReady()
    {
        if (_backlog.HasReadyGroup)
        {
            WakeOne();
        }
    }

    /// <summary>Sets the timer to the next end of a visibility timeout.</summary>
    public void Schedule()
    {
        if (_backlog.NextVisibleMs is { } next && next < _timerDueMs)
        {
            _timerDueMs = next;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, next - NowMs)), Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Stop(TaskCompletionSource<bool> signal)
    {
        lock (_gate)
        {
            if (_waiting.Remove(signal))
            {
                signal.SetResult(false);
            }
        }
    }

    private void OnVisibleAgain()
    {
        lock (_gate)
        {
            _timerDueMs = long.MaxValue;
            _backlog.ShowExpired(NowMs);
            WakeOneIfReady();
            Schedule();
        }
    }
}
