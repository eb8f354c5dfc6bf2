using CsCheck;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Data.Sqlite;

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

    /// <summary>
    /// Small generations, so that a unit of work throws early and late in one. The units of a round are added while the writer is held, so that they are one group.
    /// </summary>
    [Fact]
    public void Whatever_work_throws_and_when_all_other_work_is_there_now_and_after_a_crash()
    {
        var runs = 0;
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 9], Gen.Bool).Array[1, 12].Array[1, 6].Sample(rounds =>
        {
            var path = Path.Combine(_folder.Path, $"run-{Interlocked.Increment(ref runs)}.db");
            var model = new SortedDictionary<long, string>();
            var database = Things.Open(path, generationBytes: 2_000);
            foreach (var round in rounds)
            {
                using var held = new ManualResetEventSlim();
                var first = database.InTransactionAsync(_ => held.Wait());
                var tasks = Array.ConvertAll(round, step => (Step: step, Task: RunAsync(database, step.Item1, step.Item2, step.Item3)));
                held.Set();
                first.GetAwaiter().GetResult();
                foreach (var (step, task) in tasks)
                {
                    var isThrown = ThrownBy(task) is not null;
                    isThrown.Should().Be(step.Item1 == 3 || (step.Item1 == 2 && model.ContainsKey(step.Item2)));
                    Apply(model, step.Item1, step.Item2, isThrown);
                }
            }

            var expected = model.Select(row => $"{row.Key}:{row.Value}").ToList();
            database.RowsAsync().GetAwaiter().GetResult().Should().Equal(expected);
            var again = Database.OpenFile(Things.Copy(path, $"crashed-{runs}"));
            again.RowsAsync().GetAwaiter().GetResult().Should().Equal(expected);
            again.DisposeAsync().AsTask().GetAwaiter().GetResult();
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }, iter: 60, threads: 1);

        // 0 replaces a row, 1 deletes it, 2 inserts it after another change and throws if it is there, 3 changes all rows and throws.
        static Task RunAsync(Database database, int kind, int id, bool mayThrow) => database.InTransactionAsync(
            connection =>
            {
                switch (kind)
                {
                    case 0:
                        connection.Execute("INSERT OR REPLACE INTO things VALUES (?1, ?2)", id, $"replaced {id}");
                        break;
                    case 1:
                        connection.Execute("DELETE FROM things WHERE id = ?1", id);
                        break;
                    case 2:
                        connection.Execute("INSERT OR REPLACE INTO things VALUES (?1, 'beside')", id + 10);
                        connection.Execute("INSERT INTO things VALUES (?1, ?2)", id, $"inserted {id}");
                        break;
                    default:
                        connection.Execute("UPDATE things SET text = 'spoilt'");
                        throw new InvalidOperationException("no");
                }

                return true;
            },
            mayThrow: mayThrow);

        static void Apply(SortedDictionary<long, string> model, int kind, int id, bool isThrown)
        {
            switch (kind)
            {
                case 0:
                    model[id] = $"replaced {id}";
                    break;
                case 1:
                    model.Remove(id);
                    break;
                case 2 when !isThrown:
                    model[id + 10] = "beside";
                    model[id] = $"inserted {id}";
                    break;
            }
        }

        static Exception? ThrownBy(Task task)
        {
            try
            {
                task.GetAwaiter().GetResult();
                return null;
            }
            catch (Exception thrown) when (thrown is InvalidOperationException or SqliteException)
            {
                return thrown;
            }
        }
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
