namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// A function whose concurrency clients of Lambda may reserve. With 0 reserved, each invocation is throttled. Any other number is stored and returned, and has no effect.
/// </summary>
public sealed class ReservedFunction(IInvocable function) : IInvocable, IAsyncDisposable
{
    private const int Nothing = -1;

    private int _reserved = Nothing;

    public string Name => function.Name;

    /// <summary>Invocations at once; null: nothing is reserved, and nothing bounded.</summary>
    public int? Reserved
    {
        get => Volatile.Read(ref _reserved) is var reserved && reserved == Nothing ? null : reserved;
        set => Volatile.Write(ref _reserved, value ?? Nothing);
    }

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) =>
        Reserved == 0 ? Task.FromResult(InvocationResult.Failure("TooManyRequestsException", "Rate Exceeded.")) : function.InvokeAsync(payload, traceHeader, cancellationToken);

    public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;
}
