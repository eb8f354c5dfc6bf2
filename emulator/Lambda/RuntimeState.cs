using System.Threading.Channels;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Lambda;

internal enum RuntimeVerdict
{
    Accepted,
    WrongState,
    WrongRequestId,
}

/// <summary>The Runtime API's state machine for one runtime: starting, then idle and busy in turn, with one invocation at a time.</summary>
internal sealed class RuntimeState
{
    private readonly Lock _lock = new();
    private readonly Channel<Invocation> _pending = Channel.CreateUnbounded<Invocation>();
    private readonly TaskCompletionSource<FunctionError?> _initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Invocation? _running;

    /// <summary>Completes when the runtime asks for its first invocation (null) or reports that it cannot (the error).</summary>
    public Task<FunctionError?> Initialised => _initialised.Task;

    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _running is not null;
            }
        }
    }

    public void Offer(Invocation invocation) => _pending.Writer.TryWrite(invocation);

    /// <summary>Waits for the next invocation, as the runtime's long poll.</summary>
    public async Task<Invocation> TakeAsync(CancellationToken cancellationToken)
    {
        _initialised.TrySetResult(null);
        while (true)
        {
            var invocation = await _pending.Reader.ReadAsync(cancellationToken);
            // One that timed out before the runtime came for it is no longer waited for.
            if (!invocation.Answer.IsCompleted)
            {
                Exchange(invocation);
                return invocation;
            }
        }
    }

    public RuntimeVerdict Complete(string requestId, InvocationResult answer)
    {
        lock (_lock)
        {
            if (_running is null)
            {
                return RuntimeVerdict.WrongState;
            }

            if (_running.RequestId != requestId)
            {
                return RuntimeVerdict.WrongRequestId;
            }

            // An answer after the timeout ends the work, but nobody waits for it any more.
            var inTime = _running.TryAnswer(answer);
            _running = null;
            return inTime ? RuntimeVerdict.Accepted : RuntimeVerdict.WrongRequestId;
        }
    }

    public RuntimeVerdict FailInit(FunctionError error) =>
        _initialised.TrySetResult(error) ? RuntimeVerdict.Accepted : RuntimeVerdict.WrongState;

    private void Exchange(Invocation invocation)
    {
        lock (_lock)
        {
            _running = invocation;
        }
    }
}
