namespace DataToEvents.Adapters.Embedded.Storage;

internal abstract class UnitOfWork
{
    /// <summary>False when the work threw: it is to be rolled back, and <see cref="Complete"/> will hand its exception out.</summary>
    public abstract bool TryRun(Session session);

    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

internal sealed class UnitOfWork<T>(Func<Session, T> work, Action<T>? committed) : UnitOfWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _fault;

    public Task<T> Completion => _completion.Task;

    public override bool TryRun(Session session)
    {
        try
        {
            _result = work(session);
            return true;
        }
#pragma warning disable CA1031 // Not swallowed: the task handed to the caller carries it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = fault;
            return false;
        }
    }

    public override void Complete()
    {
        if (_fault is null)
        {
            committed?.Invoke(_result!);
            _completion.SetResult(_result!);
        }
        else
        {
            _completion.SetException(_fault);
        }
    }

    public override void Fail(Exception fault) => _completion.SetException(_fault ?? fault);
}
