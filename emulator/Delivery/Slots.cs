namespace DataToEvents.Emulator.Delivery;

/// <summary>So many at once, in the order of asking. A SemaphoreSlim that never leaves its callers' context (see <see cref="Waiting"/>).</summary>
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
                // One that was cancelled does not take its turn.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
