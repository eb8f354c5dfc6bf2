namespace DataToEvents.Emulator.Delivery;

/// <summary>How far a pump has come, counted in row numbers, and how far somebody waits for it to come.</summary>
/// <param name="urge">Wakes the pump, as from now on it must not wait for its buffering hints.</param>
internal sealed class Waterline(Action urge)
{
    private readonly Lock _gate = new();
    private readonly List<(long Mark, TaskCompletionSource Reached)> _waiting = [];
    private long _level;
    private long _wanted;

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
