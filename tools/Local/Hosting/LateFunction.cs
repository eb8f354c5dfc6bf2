using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Local.Hosting;

/// <summary>A function that callers know before it runs: processes need the open endpoints for their start, and the endpoints lead to functions.</summary>
internal sealed class LateFunction(string name) : IInvocable
{
    private readonly TaskCompletionSource<IInvocable> _function = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public void Set(IInvocable function) => _function.SetResult(function);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        var function = _function.Task.IsCompletedSuccessfully ? _function.Task.Result : await _function.Task.WaitAsync(cancellationToken);
        return await function.InvokeAsync(payload, traceHeader, cancellationToken);
    }
}
