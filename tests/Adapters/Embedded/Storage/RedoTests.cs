using CsCheck;
using DataToEvents.Adapters.Embedded.Storage;
using DataToEvents.Adapters.Tests.Embedded.Flow;

namespace DataToEvents.Adapters.Tests.Embedded.Storage;

/// <summary>What was acknowledged is there after a crash, whatever had reached which file.</summary>
public sealed class RedoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_crash_and_a_crash_during_the_start_after_it()
    {
        await using var database = await OpenAsync(Live);
        await InsertAsync(database, 1, "one");
        await InsertAsync(database, 2, "two");
        await DeleteAsync(database, 1);

        var crashed = Copy("crashed");
        await using (var again = Database.OpenFile(crashed))
        {
            (await RowsAsync(again)).Should().Equal("2:two");
            await InsertAsync(again, 3, "three");
            var crashedAgain = Copy("again", "crashed");
            await using var third = Database.OpenFile(crashedAgain);
            (await RowsAsync(third)).Should().Equal("2:two", "3:three");
        }
    }

    [Fact]
    public async Task Generations_follow_each_other_and_none_is_lost()
    {
        await using var database = await OpenAsync(Live);
        var body = new string('x', 1_000_000);
        for (var id = 0; id < 110; id++)
        {
            await InsertAsync(database, id, $"{id}-{body}");
            await DeleteAsync(database, id - 3);
        }

        await using var again = Database.OpenFile(Copy("crashed"));

        (await RowsAsync(again)).Select(row => row.Split('-')[0]).Should().Equal("107:107", "108:108", "109:109");
    }

    [Fact]
    public async Task A_frame_that_was_not_written_whole_is_as_if_it_had_never_been()
    {
        await using var database = await OpenAsync(Live);
        await InsertAsync(database, 1, "one");
        var whole = new FileInfo(LogOf(Live)).Length;
        await InsertAsync(database, 2, "two");
        var crashed = Copy("crashed");

        Gen.Int[(int)whole, (int)new FileInfo(LogOf(Live)).Length - 1].Select(Gen.Bool).Sample((cut, flip) =>
        {
            var torn = Copy($"torn-{cut}-{flip}", "crashed");
            using (var log = File.Open(LogOf(torn), FileMode.Open))
            {
                log.Position = cut;
                var was = log.ReadByte();
                log.Position = cut;
                log.WriteByte((byte)~was);
                log.SetLength(flip ? log.Length : cut);
            }

            var again = Database.OpenFile(torn);
            RowsAsync(again).GetAwaiter().GetResult().Should().Equal("1:one");
            again.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }, iter: 20);
    }

    [Fact]
    public async Task Work_that_throws_is_rolled_back_alone_and_never_replayed()
    {
        await using var database = await OpenAsync(Live);
        Task[] tasks =
        [
            InsertAsync(database, 1, "one"),
            database.WriteAsync(session =>
            {
                session.Execute("INSERT INTO things VALUES (7, 'never')");
                throw new InvalidOperationException("no");
            }),
            InsertAsync(database, 2, "two"),
        ];

        var outcome = () => Task.WhenAll(tasks);

        await outcome.Should().ThrowAsync<InvalidOperationException>();
        (tasks[0].IsCompletedSuccessfully, tasks[2].IsCompletedSuccessfully).Should().Be((true, true));
        (await RowsAsync(database)).Should().Equal("1:one", "2:two");
        await using var again = Database.OpenFile(Copy("crashed"));
        (await RowsAsync(again)).Should().Equal("1:one", "2:two");
    }

    private static string LogOf(string path) =>
        new[] { $"{path}-redo0", $"{path}-redo1" }.MaxBy(log => new FileInfo(log).Length)!;

    private static async Task<Database> OpenAsync(string path)
    {
        var database = Database.OpenFile(path);
        database.Define("CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        await Task.CompletedTask;
        return database;
    }

    private static Task InsertAsync(Database database, long id, string text) =>
        database.WriteAsync(session => { session.Execute("INSERT INTO things VALUES (?1, ?2)", id, text); });

    private static Task DeleteAsync(Database database, long id) =>
        database.WriteAsync(session => { session.Execute("DELETE FROM things WHERE id = ?1", id); });

    private static Task<List<string>> RowsAsync(Database database) =>
        database.WriteAsync(session => session.Query("SELECT id, text FROM things ORDER BY id", row => $"{row.GetInt64(0)}:{row.GetString(1)}"));

    /// <summary>The files as a crash leaves them at this moment.</summary>
    private string Copy(string name, string from = "live")
    {
        foreach (var file in Directory.GetFiles(_folder.Path, $"{from}.db*"))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(_folder.Path, Path.GetFileName(file).Replace($"{from}.db", $"{name}.db", StringComparison.Ordinal)));
            source.CopyTo(target);
        }

        return Path.Combine(_folder.Path, $"{name}.db");
    }
}
