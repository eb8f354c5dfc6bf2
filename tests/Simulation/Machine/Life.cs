namespace DataToEvents.Simulation.Machine;

/// <summary>The life of a host or of a function's sandbox. Code that runs in a dead one never returns from its next await.</summary>
internal sealed class Life
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly TaskCompletionSource _died = new();

    public bool IsOver => _died.Task.IsCompleted;

    public Task Died => _died.Task;

    public void End() => _died.TrySetResult();

    /// <summary>Completes at once while the life lasts, and never after it.</summary>
    public Task GoOnAsync() => IsOver ? Never : Task.CompletedTask;
}
