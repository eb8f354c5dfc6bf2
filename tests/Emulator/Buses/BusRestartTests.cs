using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Buses;

public sealed class BusRestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Undelivered_events_are_delivered_in_order_after_a_restart()
    {
        await using var bed = await BusBed.OpenAsync(open: Open);
        for (var i = 0; i < 30; i += 2)
        {
            await bed.PutAsync(i, i + 1);
        }

        await bed.RestartAsync();
        await RunUntilAsync(bed, delivered: 30);

        bed.Taken.Should().Equal(Enumerable.Range(0, 30).Select(i => $"{i}"));
    }

    [Fact]
    public async Task After_a_restart_only_undelivered_events_are_delivered()
    {
        await using var bed = await BusBed.OpenAsync(open: Open, target: BusBed.Refusing(2));
        await RunUntilAsync(bed, delivered: 1, () => bed.PutAsync(1));
        await RunUntilAsync(bed, delivered: 2, () => Task.WhenAll(bed.PutAsync(2), bed.PutAsync(3)));
        bed.Target = BusBed.Taking();
        await bed.RestartAsync();

        await RunUntilAsync(bed, delivered: 1);

        bed.Taken.Should().Equal("2");
    }

    [Fact]
    public async Task A_backlog_over_the_limit_waits_on_disk_and_keeps_its_order()
    {
        await using var bed = await BusBed.OpenAsync(open: Open, options: given => given with { ResidentBytes = 1_000 });
        for (var i = 0; i < 100; i++)
        {
            await bed.PutAsync(i);
        }

        await RunUntilAsync(bed, delivered: 100);

        bed.Taken.Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i}"));
    }

    private Database Open() => Database.OpenFile(Path.Combine(_folder, "bus.db"));

    private static async Task RunUntilAsync(BusBed bed, int delivered, Func<Task>? put = null)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = bed.Bus.Stats.Delivered;
        bed.Delivered = _ =>
        {
            if (Interlocked.Increment(ref count) == delivered)
            {
                done.TrySetResult();
            }
        };
        if (put is not null)
        {
            await put();
        }

        bed.Run();
        await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
