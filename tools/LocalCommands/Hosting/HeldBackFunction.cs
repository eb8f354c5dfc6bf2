using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Local.Hosting;

/// <summary>
/// Holds invocations back while the queue behind the function is long: messages in the queue cost memory and the collector's time, records in the delivery
/// stream's journal do not. It does so for a limited time, because a queue that no function empties must not stop the lake.
/// </summary>
/// <param name="function">The function whose invocations are held back.</param>
/// <param name="isLong">Whether there is enough to do behind the function.</param>
/// <param name="time">The clock.</param>
internal sealed class HeldBackFunction(IInvocable function, Func<bool> isLong, TimeProvider time) : IInvocable, IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public string Name => function.Name;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (isLong() && time.GetElapsedTime(begin) < Longest)
        {
            await Task.Delay(Poll, time, cancellationToken);
        }

        return await function.InvokeAsync(payload, cancellationToken);
    }

    public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;
}
