using CsCheck;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>Acknowledged work is there after a crash, whichever files had got which bytes.</summary>
public sealed class RedoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledged_work_survives_a_crash_and_a_crash_during_the_next_start()
    {
        await using var database = Things.Open(Live);
        await database.InsertAsync(1, "one");
        await database.InsertAsync(2, "two");
        await database.DeleteAsync(1);

        var crashed = Things.Copy(Live, "crashed");
        await using (var again = Database.OpenFile(crashed))
        {
            (await again.RowsAsync()).Should().Equal("2:two");
            await again.InsertAsync(3, "three");
            var crashedAgain = Things.Copy(crashed, "again");
            await using var third = Database.OpenFile(crashedAgain);
            (await third.RowsAsync()).Should().Equal("2:two", "3:three");
        }
    }

    [Fact]
    public async Task Generations_follow_each_other_and_none_is_lost()
    {
        await using var database = Things.Open(Live);
        var body = new string('x', 1_000_000);
        for (var id = 0; id < 110; id++)
        {
            await database.InsertAsync(id, $"{id}-{body}");
            await database.DeleteAsync(id - 3);
        }

        await using var again = Database.OpenFile(Things.Copy(Live, "crashed"));

        (await again.RowsAsync()).Select(row => row.Split('-')[0]).Should().Equal("107:107", "108:108", "109:109");
    }

    [Fact]
    public async Task A_frame_that_was_not_written_whole_is_ignored()
    {
        await using var database = Things.Open(Live);
        await database.InsertAsync(1, "one");
        var whole = new FileInfo(Things.LogOf(Live)).Length;
        await database.InsertAsync(2, "two");
        var crashed = Things.Copy(Live, "crashed");
        var copies = 0;

        Gen.Int[(int)whole, (int)new FileInfo(Things.LogOf(Live)).Length - 1].Select(Gen.Bool).Sample((cut, flip) =>
        {
            var torn = Things.Copy(crashed, $"torn-{Interlocked.Increment(ref copies)}");
            using (var log = File.Open(Things.LogOf(torn), FileMode.Open))
            {
                log.Position = cut;
                var was = log.ReadByte();
                log.Position = cut;
                log.WriteByte((byte)~was);
                log.SetLength(flip ? log.Length : cut);
            }

            var again = Database.OpenFile(torn);
            again.RowsAsync().GetAwaiter().GetResult().Should().Equal("1:one");
            again.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }, iter: 20);
    }

    [Fact]
    public async Task Work_that_throws_is_rolled_back_alone_and_never_replayed()
    {
        await using var database = Things.Open(Live);
        Task[] tasks =
        [
            database.InsertAsync(1, "one"),
            database.InTransactionAsync(connection =>
            {
                connection.Execute("INSERT INTO things VALUES (7, 'never')");
                throw new InvalidOperationException("no");
            }),
            database.InsertAsync(2, "two"),
        ];

        var outcome = () => Task.WhenAll(tasks);

        await outcome.Should().ThrowAsync<InvalidOperationException>();
        (tasks[0].IsCompletedSuccessfully, tasks[2].IsCompletedSuccessfully).Should().Be((true, true));
        (await database.RowsAsync()).Should().Equal("1:one", "2:two");
        await using var again = Database.OpenFile(Things.Copy(Live, "crashed"));
        (await again.RowsAsync()).Should().Equal("1:one", "2:two");
    }
}
