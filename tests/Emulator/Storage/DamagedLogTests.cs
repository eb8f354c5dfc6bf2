using CsCheck;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>A log that lost durable frames differs from one that a crash cut short: the start fails and changes nothing.</summary>
public sealed class DamagedLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_with_damage_in_its_middle_is_refused_wherever_the_damage_is()
    {
        await using var database = Things.Open(Live);
        for (var id = 1; id <= 20; id++)
        {
            await database.InsertAsync(id, new string('x', 100));
        }

        var end = (int)new FileInfo(Things.LogOf(Live)).Length;
        await database.InsertAsync(21, "x");
        await database.InsertAsync(22, "x");
        var crashed = Things.Copy(Live, "crashed");
        var copies = 0;

        Gen.Select(Gen.Int[0, end - 1], Gen.Int[1, 64]).Sample((at, length) =>
        {
            var damaged = Things.Copy(crashed, $"damaged-{Interlocked.Increment(ref copies)}");
            Damage(Things.LogOf(damaged), at, Math.Min(length, end - at));
            var opening = () => Database.OpenFile(damaged);
            opening.Should().Throw<DamagedLogException>().WithMessage($"The redo log {Things.LogOf(damaged)} *");
            opening.Should().Throw<DamagedLogException>("a start that was refused has changed nothing");
        }, iter: 40);
    }

    [Fact]
    public async Task A_generation_that_is_cut_short_under_the_next_one_is_refused()
    {
        var crashed = await CrashInTheNextGenerationAsync();
        using (var first = File.Open($"{crashed}-redo0", FileMode.Open))
        {
            first.SetLength(first.Length - 1);
        }

        // The commit that ended the generation did not reach SQLite's file.
        File.Delete($"{crashed}-wal");
        var opening = () => Database.OpenFile(crashed);

        opening.Should().Throw<DamagedLogException>().WithMessage("*-redo1 lacks what stood before byte 0*");
    }

    [Fact]
    public async Task Both_generations_are_replayed_when_SQLites_file_has_neither()
    {
        var crashed = await CrashInTheNextGenerationAsync();
        File.Delete($"{crashed}-wal");

        await using var again = Database.OpenFile(crashed);

        (await again.IdsAsync()).Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("older")]
    public async Task A_database_that_is_older_than_its_log_is_refused(string kind)
    {
        await using (var first = Things.Open(Live))
        {
            await first.InsertAsync(1, "one");
        }

        File.Copy(Live, Live + "-older");
        for (var run = 2; run <= 4; run++)
        {
            await using var database = Things.Open(Live);
            await database.InsertAsync(run, "more");
        }

        if (kind == "empty")
        {
            File.WriteAllBytes(Live, []);
        }
        else
        {
            File.Copy(Live + "-older", Live, overwrite: true);
        }

        var opening = () => Database.OpenFile(Live);

        opening.Should().Throw<DamagedLogException>().WithMessage("*does not go with the database*");
    }

    /// <summary>Five rows that fill the generation of the first log, and one in the second log.</summary>
    private async Task<string> CrashInTheNextGenerationAsync()
    {
        await using var database = Things.Open(Live, generationBytes: 5_000);
        for (var id = 1; id <= 5; id++)
        {
            await database.InsertAsync(id, new string('x', 1_000));
        }

        await database.InsertAsync(6, "in the next");
        new FileInfo($"{Live}-redo1").Length.Should().BeGreaterThan(0);
        return Things.Copy(Live, "crashed");
    }

    private static void Damage(string path, int at, int length)
    {
        var bytes = File.ReadAllBytes(path);
        for (var i = at; i < at + length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        File.WriteAllBytes(path, bytes);
    }
}
