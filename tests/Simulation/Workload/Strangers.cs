using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Queues;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Workload;

/// <summary>
/// Poison that comes in behind the Transformer: a message that is no event, an item without an envelope, an event of the emitter's name
/// that is none of it. Each belongs into the place for what its hop cannot take, and may harm nobody else.
/// </summary>
internal sealed class Strangers(PathWorld world, Random random)
{
    public const string Mark = "stranger";

    /// <summary>Streams that a stranger's message stands in the way of.</summary>
    public HashSet<string> HarmedStreams { get; } = [];

    public int Messages { get; private set; }

    public int Items { get; private set; }

    public int Events { get; private set; }

    public async Task ComeAsync(int number)
    {
        var host = await world.HostAsync();
        var call = random.Next(3) switch
        {
            0 => MessageAsync(host, number),
            1 => ItemAsync(host, number),
            _ => EventAsync(host, number),
        };

        // Killed in between, it may have come or not: then it counts for nothing.
        await Task.WhenAny(call, host.Life.Died);
    }

    private async Task MessageAsync(Host host, int number)
    {
        var stream = $"stream-{random.Next(3)}-{random.Next(6)}";
        HarmedStreams.Add(stream);
        await host.Queue.SendBatchAsync([new SendEntry(stream, $"{Mark}-{number}", Encoding.UTF8.GetBytes($"{Mark} {number}"))]);
        Messages++;
    }

    private async Task ItemAsync(Host host, int number)
    {
        await host.Table.PutIfAbsentAsync([Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"{{{Mark}}}-{{{number}}}"},"sk":{"S":"1"}}""")]);
        Items++;
    }

    private async Task EventAsync(Host host, int number)
    {
        await host.Bus.PutEventsAsync([new BusEntry("datatoevents.insert", "DataInserted", Encoding.UTF8.GetBytes($$"""{"{{Mark}}":{{number}}}"""))]);
        Events++;
    }
}
