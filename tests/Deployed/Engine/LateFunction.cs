using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>A function's place in the engine before its process runs: the endpoints must be open before a function can start, and they name it.</summary>
internal sealed class LateFunction(string name) : IInvocable
{
    private readonly TaskCompletionSource<IInvocable> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public void Start(IInvocable function) => _started.SetResult(function);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) =>
        await (await _started.Task.WaitAsync(cancellationToken)).InvokeAsync(payload, traceHeader, cancellationToken);
}
