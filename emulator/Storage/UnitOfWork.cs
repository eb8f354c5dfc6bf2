namespace DataToEvents.Emulator.Storage;

/// <summary>Reads and writes that become durable together or not at all.</summary>
internal interface IUnitOfWork
{
    /// <summary>Whether the work often throws after it has changed something. It then runs under a savepoint of its own.</summary>
    bool MayThrow { get; }

    /// <summary>Runs the work inside the open transaction. It may run more than once. Its exception is thrown to the caller.</summary>
    void Run(DatabaseConnection connection);

    /// <summary>Tells the caller that the work is durable.</summary>
    void Complete();

    /// <summary>Tells the caller that the work was rolled back, or that it is not known to be durable.</summary>
    void Fail(Exception fault);
}

/// <inheritdoc cref="IUnitOfWork"/>
/// <param name="work">See <see cref="Database.InTransactionAsync{T}"/>.</param>
/// <param name="committed">Runs after the commit, before <see cref="Completion"/> completes.</param>
/// <param name="mayThrow">See <see cref="IUnitOfWork.MayThrow"/>.</param>
internal sealed class UnitOfWork<T>(Func<DatabaseConnection, T> work, Action<T>? committed, bool mayThrow = false) : IUnitOfWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public bool MayThrow => mayThrow;

    public void Run(DatabaseConnection connection) => _result = work(connection);

    public void Complete()
    {
        committed?.Invoke(_result!);
        _completion.SetResult(_result!);
    }

    public void Fail(Exception fault) => _completion.SetException(fault);
}
