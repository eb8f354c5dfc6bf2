using CsCheck;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>When the disk fails, the database stops and names the reason. The next start finds all acknowledged work.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();

    private string Live => Path.Combine(_folder.Path, "live.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Whichever_write_or_sync_fails_acknowledged_work_is_there_at_the_next_start() =>
        Gen.Select(Gen.Int[0, 40], Gen.Bool, Gen.Int[1, 10]).SampleAsync(FailAsync, iter: 30);

    [Fact]
    public async Task A_full_SQLite_file_stops_the_database_and_is_named_as_the_reason()
    {
        await using (var database = Things.Open(Live))
        {
            await database.InsertAsync(1, "one");
            await database.InTransactionAsync(connection => connection.Scalar("PRAGMA max_page_count = 1"));

            var insert = () => database.InsertAsync(2, new string('x', 100_000));

            await insert.Should().ThrowAsync<DatabaseFaultException>().WithMessage($"The database {Live} failed: *database or disk is full*");
            database.Stopped.IsFaulted.Should().BeTrue();
        }

        await using var again = Things.Open(Live);
        (await again.RowsAsync()).Should().Equal("1:one");
    }

    [Fact]
    public async Task When_a_sync_of_the_WAL_fails_the_database_stops_before_it_overwrites_the_log_that_is_still_needed()
    {
        _disk.FailsToSync = () => FaultyDisk.IsOfTheWal;
        var ids = new List<long>();
        await using (var database = Things.Open(Live, _disk, generationBytes: 10_000))
        {
            var inserting = async () =>
            {
                for (var id = 1L; ; id++)
                {
                    await database.InsertAsync(id, new string('x', 1_000));
                    ids.Add(id);
                }
            };

            await inserting.Should().ThrowAsync<DatabaseFaultException>().WithMessage("*Input/output error*");
        }

        ids.Should().HaveCountGreaterThan(10, "the first generation ended well");
        File.Delete($"{Live}-wal");
        await using var again = Things.Open(Live);
        ids.Should().BeSubsetOf(await again.IdsAsync());
    }

    [Fact]
    public async Task When_a_sync_of_the_WAL_fails_at_the_close_the_close_throws_and_nothing_is_lost()
    {
        var database = Things.Open(Live, _disk, generationBytes: 10_000);
        for (var id = 1; id <= 15; id++)
        {
            _disk.FailsToSync = () => FaultyDisk.IsOfTheWal;
            await database.InsertAsync(id, new string('x', 1_000));
        }

        var closing = async () => await database.DisposeAsync();

        await closing.Should().ThrowAsync<DatabaseFaultException>().WithMessage($"The database {Live} failed: Input/output error");
        await using var again = Things.Open(Live);
        (await again.IdsAsync()).Should().HaveCount(15);
    }

    private static async Task FailAsync((int, bool, int) drawn)
    {
        var (calls, write, parallel) = drawn;
        using var folder = new TemporaryFolder();
        var (path, disk, left) = (Path.Combine(folder.Path, "live.db"), new FaultyDisk(), calls);
        var acknowledged = new List<long>();
        await using (var database = Things.Open(path, disk, generationBytes: 8_192))
        {
            Func<bool> fails = () => Interlocked.Decrement(ref left) < 0;
            (disk.FailsToWrite, disk.FailsToSync) = write ? (fails, disk.FailsToSync) : (disk.FailsToWrite, fails);
            for (var id = 1L; !database.Stopped.IsFaulted; id += parallel)
            {
                var inserts = Enumerable.Range(0, parallel).Select(i => (Id: id + i, Task: database.InsertAsync(id + i, new string('x', 500)))).ToList();
                await Task.WhenAll(inserts.Select(insert => insert.Task)).ContinueWith(static _ => { }, TaskScheduler.Default);
                acknowledged.AddRange(inserts.Where(insert => insert.Task.IsCompletedSuccessfully).Select(insert => insert.Id));
                inserts.Where(insert => insert.Task.IsFaulted).Select(insert => insert.Task.Exception!.InnerException).Should().AllBeOfType<DatabaseFaultException>();
            }
        }

        await using var again = Things.Open(path);
        acknowledged.Should().BeSubsetOf(await again.IdsAsync());
    }
}
