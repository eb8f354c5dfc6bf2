using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Local.Page;

/// <summary>Feeds hostile records, and a good one in their midst, while the page asks for them.</summary>
internal sealed class PoisonFeed(DeliveryStream stream, PageFaults faults, PoisonNeighbours neighbours, TimeProvider time)
{
    private static readonly byte[][] Records =
    [
        "{\"orderId\":"u8.ToArray(),
        [0xFF, 0xFE, 0x00, 0x80],
        [.. Enumerable.Repeat((byte)'[', 1_000), .. Enumerable.Repeat((byte)']', 1_000)],
        [],
        "null"u8.ToArray(),
        // Even without its payload this envelope is over every hop's limit, so it is set aside.
        [.. "{\"specversion\":\"1.0\",\"id\":\"huge\",\"source\":\"/page\",\"type\":\"poison\",\"subject\":\"poison\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":1,\"ext\":\""u8, .. Enumerable.Repeat((byte)'x', 300_000), .. "\"}"u8],
    ];

    private long _fed;

    /// <summary>Hostile records.</summary>
    public long Fed => Interlocked.Read(ref _fed);

    public PoisonNeighbours Neighbours => neighbours;

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
                    var (neighbour, key) = neighbours.Next();
                    ReadOnlyMemory<byte>[] batch = [.. Records[..(Records.Length / 2)], neighbour, .. Records[(Records.Length / 2)..]];
                    await stream.PutRecordBatchAsync(batch);
                    neighbours.Await(key);
                    Interlocked.Add(ref _fed, Records.Length);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }
}
