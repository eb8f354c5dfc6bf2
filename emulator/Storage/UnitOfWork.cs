namespace DataToEvents.Emulator.Storage;

internal abstract class UnitOfWork
{
    /// <summary>Runs the work, perhaps not for the first time; what it throws comes out.</summary>
    public abstract void Run(DatabaseConnection connection);

    /// <summary>The work is durable.</summary>
    public abstract void Complete();

    /// <summary>The work was rolled back.</summary>
    public abstract void Fail(Exception fault);
}

internal sealed class UnitOfWork<T>(Func<DatabaseConnection, T> work, Action<T>? committed) : UnitOfWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public override void Run(DatabaseConnection connection) => _result = work(connection);

    public override void Complete()
    {
        committed?.Invoke(_result!);
        _completion.SetResult(_result!);
    }

    public override void Fail(Exception fault) => _completion.SetException(fault);
}
