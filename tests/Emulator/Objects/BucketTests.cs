using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Objects;

public sealed class MemoryBucketTests : ObjectBucketContract
{
    protected override ObjectBucket Bucket { get; } = new MemoryBucket();
}

public sealed class DiskBucketTests : ObjectBucketContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DiskBucketTests() => Bucket = new DiskBucket(_folder.Path);

    protected override ObjectBucket Bucket { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lake_key_is_a_plain_path()
    {
        const string Key = "lake/events/year=2026/month=11/day=24/hour=00/data-events-stream-1-2026-11-24-00-11-39-x.json.gz";

        await Bucket.PutAsync(Key, new byte[1]);

        File.Exists(Path.Combine(_folder.Path, Key)).Should().BeTrue();
    }

    [Fact]
    public async Task Objects_are_there_after_a_restart_and_half_written_ones_are_not()
    {
        await Bucket.PutAsync("a/b.json", new byte[5]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "%tmp", "7"), new byte[3]);

        var reopened = new DiskBucket(_folder.Path);

        (await reopened.ListAsync()).Should().Equal("a/b.json");
        Directory.EnumerateFiles(Path.Combine(_folder.Path, "%tmp")).Should().BeEmpty();
    }

    [Fact]
    public async Task Headers_are_there_after_a_restart_and_those_of_a_content_that_a_crash_kept_out_are_not()
    {
        await Bucket.PutAsync("a/b.json", "one"u8.ToArray(), new Dictionary<string, string> { ["Content-Type"] = "a/b" });
        // A crash before the object's file was renamed left the headers of another content.
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "%meta", "a", "b.json", ObjectContent.Md5("two"u8)), "Content-Type:c/d\n");

        var reopened = new DiskBucket(_folder.Path);

        (await reopened.ReadAsync("a/b.json"))!.Headers.Should().Equal(new Dictionary<string, string> { ["Content-Type"] = "a/b" });
        (await reopened.ListAsync()).Should().Equal("a/b.json");
        await reopened.PutAsync("a/b.json", "two"u8.ToArray());
        (await reopened.ReadAsync("a/b.json"))!.Headers.Should().BeEmpty();
        Directory.EnumerateFiles(Path.Combine(_folder.Path, "%meta"), "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task A_tag_follows_a_file_that_another_program_replaced()
    {
        await Bucket.PutAsync("a.json", "one"u8.ToArray());
        var before = await Bucket.ETagAsync("a.json");

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "a.json"), "other");

        (before, await Bucket.ETagAsync("a.json")).Should().Be((ObjectContent.Md5("one"u8), ObjectContent.Md5("other"u8)));
    }

    [Fact]
    public async Task A_file_that_is_not_an_object_is_not_listed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "50%.txt"), "x");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "undotted"), "x");

        (await Bucket.ListAsync()).Should().BeEmpty();
    }
}
