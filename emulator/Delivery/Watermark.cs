namespace DataToEvents.Emulator.Delivery;

/// <summary>The last row number that a loop is done with. Callers can wait until it reaches a number.</summary>
/// <param name="urge">Wakes the loop. While a caller waits, the loop must not wait for its buffering hints.</param>
internal sealed class Watermark(Action urge)
{
    private readonly Lock _gate = new();
    private readonly List<(long Mark, TaskCompletionSource Reached)> _waiting = [];
    private long _level;
    private long _wanted;

    /// <summary>Whether a caller waits.</summary>
    public bool IsUrgent
    {
        get
        {
            lock (_gate)
            {
                return _wanted > _level;
            }
        }
    }

    /// <summary>Completes when the watermark has reached that row number.</summary>
    public Task ReachAsync(long mark, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (mark <= _level)
            {
                return Task.CompletedTask;
            }

            _wanted = Math.Max(_wanted, mark);
            _waiting.Add((mark, reached));
        }

        urge();
        return reached.UntilAsync(cancellationToken);
    }

    /// <summary>Moves the watermark up and lets those callers go on that it has reached.</summary>
    public void Rise(long level)
    {
        List<TaskCompletionSource>? reached = null;
        lock (_gate)
        {
            _level = Math.Max(_level, level);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Mark <= _level)
                {
                    (reached ??= []).Add(_waiting[i].Reached);
                    _waiting.RemoveAt(i);
                }
            }
        }

        reached?.ForEach(static waiter => waiter.TrySetResult());
    }
}
