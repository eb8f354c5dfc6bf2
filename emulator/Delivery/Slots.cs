namespace DataToEvents.Emulator.Delivery;

/// <summary>
/// Lets a number of callers in at one time, the others in the order in which they came. Unlike <see cref="SemaphoreSlim"/> it never leaves its callers'
/// context (see <see cref="TaskCompletionSourceExtensions.UntilAsync"/>).
/// </summary>
/// <param name="free">How many may be in at one time.</param>
internal sealed class Slots(int free)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _free = free;

    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        return turn.UntilAsync(cancellationToken);
    }

    public void Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                // A caller whose wait was cancelled does not take the slot.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
