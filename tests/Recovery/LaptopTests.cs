using DataToEvents.Common;
using DataToEvents.Local.Feeding;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Recovery.Tests;

/// <summary>What keeps a host on a laptop from filling its disk.</summary>
public sealed class LaptopTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("laptop");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("1GB", 1_000_000_000, null, "1GB")]
    [InlineData("1.5MB", 1_500_000, null, "1.5MB")]
    [InlineData("90m", null, 5_400, "90m")]
    [InlineData("30s", null, 30, "30s")]
    [InlineData("1.5h", null, 5_400, "90m")]
    [InlineData("1d", null, 86_400, "1d")]
    public void A_bound_is_a_size_or_a_time(string text, int? bytes, int? seconds, string told)
    {
        KeepBound.TryParse(text, out var bound).Should().BeTrue();

        bound.Should().Be(new KeepBound(bytes, seconds is { } time ? TimeSpan.FromSeconds(time) : null));
        bound.ToString().Should().Be(told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("GB")]
    [InlineData("0GB")]
    [InlineData("-1GB")]
    [InlineData("1 GB")]
    [InlineData("1gb")]
    [InlineData("1.1.1GB")]
    [InlineData("999999999999d")]
    public void Any_other_text_is_no_bound(string text) => KeepBound.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task Demo_traffic_ends_when_the_directory_has_the_size_of_the_bound(long bytes, bool ends)
    {
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "inner")).FullName, "object"), new byte[1_000]);
        var bound = new DemoBound(new KeepBound(bytes, null), _folder, TimeProvider.System);

        (await CountAsync(bound)).Should().Be(ends ? 0 : 3);
        bound.Reason.Should().Be(ends ? $"{_folder.FullName} has 1 KB" : "");
    }

    [Fact]
    public void A_disk_with_little_room_is_told_of_once()
    {
        var (said, free) = (new List<string>(), 1_000_000_000L);
        var watch = new DiskWatch(_folder, said.Add, () => free);

        watch.Look();
        said.Should().BeEmpty();
        free--;
        watch.Look();
        watch.Look();
        said.Should().Equal($"The disk of {_folder.FullName} has 1000 MB left. When it is full, the host stops and keeps what was acknowledged. Make room, or begin anew with --fresh.");
    }

    [Fact]
    public void The_room_on_the_disk_is_known() => new DiskWatch(_folder, static _ => { }).Look();

    [Fact]
    public async Task A_data_directory_is_cleared_and_nothing_else_is()
    {
        DataDirectory.Clear(_folder).Should().Be((0, 0));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "letter.txt"), "dear");
        var clear = () => DataDirectory.Clear(_folder);

        clear.Should().Throw<UserErrorException>().WithMessage("--fresh deletes nothing in *: it is not a data directory of a host*");
        await using (var open = await DataDirectory.OpenAsync(_folder, audit: false))
        {
            clear.Should().Throw<UserErrorException>().WithMessage("*is in use by another host*");
        }

        clear().Files.Should().BeGreaterThan(1);
        _folder.EnumerateFileSystemInfos().Should().BeEmpty();
    }

    private static async Task<int> CountAsync(DemoBound bound)
    {
        var count = 0;
        await foreach (var record in bound.Until(RecordsAsync()))
        {
            count += record.Length;
        }

        return count;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync()
    {
        for (var number = 0; number < 3; number++)
        {
            yield return new byte[1];
            await Task.CompletedTask;
        }
    }
}
