using System.Collections.Concurrent;
using CsCheck;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Storage;

public class PowerLossTests
{
    /// <summary>A generation so small that a few groups fill it.</summary>
    private const long GenerationBytes = 8_192;

    [Fact]
    public Task Whatever_was_not_synced_acknowledged_work_survives_a_loss_of_power_and_nothing_in_between_is_missing() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int).SampleAsync(CrashAsync, iter: 60);

    private static async Task CrashAsync((int, int) drawn)
    {
        var (syncs, seed) = drawn;
        using var folder = new TemporaryFolder();
        var (random, path, disk) = (new Random(seed), Path.Combine(folder.Path, "live.db"), new LosingDisk());
        var acknowledged = new ConcurrentQueue<long>();
        var atCrash = new HashSet<long>();
        string? left = null;
        await using (var database = Things.Open(path, disk, GenerationBytes))
        {
            disk.CrashAfter(syncs, () =>
            {
                atCrash = [.. acknowledged];
                left = disk.LosePower(path, "left", random);
            });
            var tasks = new List<Task>();
            for (var id = 1L; Volatile.Read(ref left) is null; id++)
            {
                tasks.Add(InsertAsync(database, id, (int)(id * 37 % 2_000), acknowledged));
                if (id % 3 == seed % 3)
                {
                    await tasks[^1];
                }
            }

            await Task.WhenAll(tasks);
        }

        await using var again = Things.Open(left!);
        var there = await again.IdsAsync();

        // In the order of the calls: a row is there only if all earlier rows are.
        there.Should().Equal(Enumerable.Range(1, there.Count).Select(id => (long)id));
        atCrash.Should().BeSubsetOf(there);
    }

    private static async Task InsertAsync(Database database, long id, int length, ConcurrentQueue<long> acknowledged)
    {
        await database.InsertAsync(id, new string('x', length));
        acknowledged.Enqueue(id);
    }
}
