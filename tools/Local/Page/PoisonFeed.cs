using DataToEvents.Adapters.Embedded.DeliveryStream;

namespace DataToEvents.Local.Page;

/// <summary>Hostile records while the page asks for them.</summary>
internal sealed class PoisonFeed(Firehose stream, Faults faults, TimeProvider time)
{
    private static readonly byte[][] Records =
    [
        "{\"orderId\":"u8.ToArray(),
        [0xFF, 0xFE, 0x00, 0x80],
        [.. Enumerable.Repeat((byte)'[', 1_000), .. Enumerable.Repeat((byte)']', 1_000)],
        [],
        "null"u8.ToArray(),
    ];

    /// <summary>Feeds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (faults.IsOn("poison"))
                {
                    await stream.PutRecordBatchAsync(Array.ConvertAll(Records, static record => (ReadOnlyMemory<byte>)record));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }
}
