namespace DataToEvents.Emulator.Queues;

/// <summary>Receives that wait, and what wakes them: a send, a group that is free again, the end of a visibility timeout.</summary>
public sealed partial class MessageQueue
{
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = [];
    private long _timerDueMs = long.MaxValue;

    /// <returns>False when the time is over.</returns>
    private async Task<bool> SignalledAsync(TaskCompletionSource<bool> signal, long untilMs, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => StopWaiting(signal), null);
        await using var timeout = untilMs == long.MaxValue
            ? null
            : _time.CreateTimer(_ => StopWaiting(signal), null, TimeSpan.FromMilliseconds(Math.Max(0, untilMs - NowMs)), Timeout.InfiniteTimeSpan);
        var signalled = await signal.Task;
        if (signalled && cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                WakeOne();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return signalled;
    }

    private void StopWaiting(TaskCompletionSource<bool> signal)
    {
        lock (_gate)
        {
            if (_waiting.Remove(signal))
            {
                signal.SetResult(false);
            }
        }
    }

    private void WakeOne()
    {
        if (_waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            first.Value.SetResult(true);
        }
    }

    private void Schedule()
    {
        if (_backlog.NextVisibleMs is { } next && next < _timerDueMs)
        {
            _timerDueMs = next;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, next - NowMs)), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnVisibleAgain()
    {
        lock (_gate)
        {
            _timerDueMs = long.MaxValue;
            _backlog.ShowExpired(NowMs);
            if (_backlog.HasTurn)
            {
                WakeOne();
            }

            Schedule();
        }
    }
}
