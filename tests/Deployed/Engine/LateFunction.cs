using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>A function's place in the engine before its process runs: the endpoints must be open before a function can start, and they name it.</summary>
internal sealed class LateFunction(string name) : IFunction
{
    private readonly TaskCompletionSource<IFunction> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public void Start(IFunction function) => _started.SetResult(function);

    public Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) =>
        await (await _started.Task.WaitAsync(cancellationToken)).InvokeAsync(payload, traceHeader, cancellationToken);
}
