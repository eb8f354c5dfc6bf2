using System.Threading.Channels;

namespace DataToEvents.Emulator.Lambda;

internal enum RuntimeVerdict
{
    Accepted,
    WrongState,
    WrongRequestId,
}

/// <summary>The Runtime API's state machine for one runtime: it starts, then it is idle and busy in turn, with one invocation at a time.</summary>
internal sealed class RuntimeState
{
    private readonly Lock _lock = new();
    private readonly Channel<PendingInvocation> _pending = Channel.CreateUnbounded<PendingInvocation>();
    private readonly TaskCompletionSource<FunctionError?> _initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PendingInvocation? _running;

    /// <summary>Completes when the runtime asks for its first invocation (null) or reports that it cannot (the error).</summary>
    public Task<FunctionError?> Initialised => _initialised.Task;

    public bool IsBusy => _running is not null;

    public void Offer(PendingInvocation invocation) => _pending.Writer.TryWrite(invocation);

    /// <summary>Waits for the next invocation, as the runtime's long poll does.</summary>
    public async Task<PendingInvocation> TakeAsync(CancellationToken cancellationToken)
    {
        _initialised.TrySetResult(null);
        while (true)
        {
            var invocation = await _pending.Reader.ReadAsync(cancellationToken);
            // The invocation timed out before the runtime asked for it, so its caller is gone.
            if (!invocation.Answer.IsCompleted)
            {
                _running = invocation;
                return invocation;
            }
        }
    }

    public RuntimeVerdict Complete(string requestId, InvocationResult result)
    {
        lock (_lock)
        {
            if (_running is not { } running)
            {
                return RuntimeVerdict.WrongState;
            }

            if (running.RequestId != requestId)
            {
                return RuntimeVerdict.WrongRequestId;
            }

            // An answer after the timeout ends the work. Its caller no longer waits for it.
            _running = null;
            return running.TryAnswer(result) ? RuntimeVerdict.Accepted : RuntimeVerdict.WrongRequestId;
        }
    }

    public RuntimeVerdict FailInit(FunctionError error) =>
        _initialised.TrySetResult(error) ? RuntimeVerdict.Accepted : RuntimeVerdict.WrongState;
}
