namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// A function that callers can refer to before it runs. Functions that are processes need the account's endpoint at their start, and the endpoint refers to functions.
/// An invocation waits until the function is set.
/// </summary>
public sealed class LateFunction(string name) : IInvocable
{
    private readonly TaskCompletionSource<IInvocable> _function = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>Called once.</summary>
    public void Set(IInvocable function) => _function.SetResult(function);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        var function = _function.Task.IsCompletedSuccessfully ? _function.Task.Result : await _function.Task.WaitAsync(cancellationToken);
        return await function.InvokeAsync(payload, traceHeader, cancellationToken);
    }
}
