namespace DataToEvents.EndToEnd.Tests.Disks;

/// <summary>Files that somebody or something damaged while no host ran.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Events = 500;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Database => Path.Combine(_folder.Data, "datatoevents.db");

    [Theory]
    [InlineData("garbage")]
    [InlineData("a half")]
    [InlineData("nothing")]
    [InlineData("a page in the middle")]
    public async Task A_damaged_database_is_one_line_and_its_lake_fed_to_an_empty_directory_brings_everything_back(string left)
    {
        await FeedAsync();
        Damage(left);

        var (code, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--no-feed");

        code.Should().BeOneOf(1, 2);
        errors.Should().Match($"The data directory {_folder.Data} cannot be used: *Bring a backup of the data directory back; or *\n");
        errors.Count(static c => c == '\n').Should().Be(1);
        var lines = _folder.Write("lines.ndjson", string.Join('\n', RunningHost.LakeLines(_folder.Data)));
        var summary = await RunningHost.SummaryAsync("--data", _folder.PathOf("new"), "--input", lines);
        (summary.GetProperty("stored").GetInt32(), summary.GetProperty("delivered").GetInt32()).Should().Be((Events, Events));
    }

    [Fact]
    public async Task A_log_that_is_damaged_in_its_middle_after_a_kill_is_one_line()
    {
        using (var host = await RunningHost.StartAsync(_folder.Data))
        {
            for (var number = 0; number < 20; number++)
            {
                await host.PutAsync([TestOrders.Order(number)]);
            }

            await host.KillAsync();
        }

        var log = new[] { $"{Database}-redo0", $"{Database}-redo1" }.MaxBy(file => new FileInfo(file).Length)!;
        Flip(log, 200, 100);

        var (code, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--no-feed");

        code.Should().Be(2);
        errors.Should().Match($"The data directory {_folder.Data} cannot be used: The redo log {log} *remove {Database}-redo0 and -redo1.\n");
        errors.Count(static c => c == '\n').Should().Be(1);
    }

    [Fact]
    public async Task A_damaged_or_truncated_file_of_the_lake_is_left_alone_and_in_nobodys_way()
    {
        await FeedAsync();
        var lake = Directory.GetFiles(Path.Combine(_folder.Data, "lake"), "*.gz", SearchOption.AllDirectories).Single();
        using (var file = File.Open(lake, FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        var damaged = await File.ReadAllBytesAsync(lake);
        var summary = await RunningHost.SummaryAsync("--data", _folder.Data, "--input", _folder.Write("more.ndjson", TestOrders.Order(Events)));

        (summary.GetProperty("delivered").GetInt32(), summary.GetProperty("lake").GetInt32()).Should().Be((1, 1));
        (await File.ReadAllBytesAsync(lake)).Should().Equal(damaged);
        using var host = await RunningHost.StartAsync(_folder.Data);
        (await host.StoredAsync()).Should().Be(Events + 1, "the store has what the lake lost");
    }

    private Task<JsonElement> FeedAsync() => RunningHost.SummaryAsync(
        "--data", _folder.Data, "--input", _folder.Write("orders.ndjson", string.Join('\n', Enumerable.Range(0, Events).Select(TestOrders.Order))));

    private void Damage(string left)
    {
        var length = (int)new FileInfo(Database).Length;
        switch (left)
        {
            case "garbage":
                Flip(Database, 0, length);
                break;
            case "a page in the middle":
                // Every second page, and so pages of every table.
                for (var page = 2; page < length / 4_096; page += 2)
                {
                    Flip(Database, page * 4_096, 64);
                }

                break;
            default:
                using (var file = File.Open(Database, FileMode.Open))
                {
                    file.SetLength(left == "nothing" ? 0 : length / 2);
                }

                break;
        }
    }

    private static void Flip(string path, int at, int length)
    {
        var bytes = File.ReadAllBytes(path);
        for (var i = at; i < at + length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        File.WriteAllBytes(path, bytes);
    }
}
