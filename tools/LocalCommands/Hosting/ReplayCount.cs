using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Local.Hosting;

/// <summary>Counts the replays among the events that the consumer's function took: those that the operator publishes again bear its mark, those of the archive the bus's.</summary>
internal sealed class ReplayCount(IInvocable function) : IInvocable, IAsyncDisposable
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes($"\"{ExtensionNames.Replay}\":");

    private long _replays;

    public long Replays => Interlocked.Read(ref _replays);

    public string Name => function.Name;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        var result = await function.InvokeAsync(payload, traceHeader, cancellationToken);
        if (result.Error is null && IsReplay(payload))
        {
            Interlocked.Increment(ref _replays);
        }

        return result;
    }

    public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Most payloads do not hold the mark's bytes, and are not read as JSON.</summary>
    private static bool IsReplay(ReadOnlyMemory<byte> payload)
    {
        if (payload.Span.StartsWith("{\"replay-name\":"u8))
        {
            return true;
        }

        if (payload.Span.IndexOf(Mark) < 0)
        {
            return false;
        }

        using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 1_010 });
        return json.RootElement.TryGetProperty("detail", out var detail) && detail.TryGetProperty(ExtensionNames.Replay, out _);
    }
}
