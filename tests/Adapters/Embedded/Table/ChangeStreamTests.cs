using DataToEvents.Adapters.Embedded.Table;

namespace DataToEvents.Adapters.Tests.Embedded.Table;

public class ChangeStreamTests
{
    [Fact]
    public async Task Each_change_makes_one_record_with_its_images()
    {
        await using var bed = await TableBed.OpenAsync();
        await ChangeAsync(bed);

        (await bed.ChangesAsync()).Select(Tell).Should().Equal(Expected);
    }

    [Fact]
    public async Task Read_back_from_disk_the_stream_is_the_same_although_items_changed_since()
    {
        using var file = new Queue.TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        await ChangeAsync(bed);
        var before = await bed.ChangesAsync();

        await bed.RestartAsync(file.Path);

        var after = await bed.ChangesAsync();
        after.Select(Tell).Should().Equal(Expected);
        after.Select(change => change.SequenceNumber).Should().Equal(before.Select(change => change.SequenceNumber));
        after.Select(change => change.CreatedMs).Should().Equal(before.Select(change => change.CreatedMs));
    }

    [Fact]
    public async Task What_changes_nothing_makes_no_record()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"N":"1"}}"""u8.ToArray());

        var same = await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"N":"1"}}"""u8.ToArray());
        var sameInAnotherOrder = await bed.Table.PutAsync("""{"x":{"N":"1"},"sk":{"S":"1"},"pk":{"S":"a"}}"""u8.ToArray());
        await bed.InsertAsync(("a", "1"));
        await bed.Table.DeleteAsync("a", "2");

        same.Should().BeOfType<PutOutcome.Exists>();
        sameInAnotherOrder.Should().BeOfType<PutOutcome.Exists>();
        (await bed.ChangesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_numbers_increase_across_restarts_and_trimming()
    {
        using var file = new Queue.TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        await bed.InsertAsync(("a", "1"));
        await bed.Table.DeleteAsync("a", "1");
        var before = (await bed.ChangesAsync())[^1];
        bed.Time.Advance(TimeSpan.FromHours(25));
        await bed.Table.TrimAsync();
        await bed.RestartAsync(file.Path);

        await bed.InsertAsync(("a", "1"));

        var after = (await bed.ChangesAsync()).Should().ContainSingle().Subject;
        string.CompareOrdinal(after.SequenceNumber, before.SequenceNumber).Should().BePositive();
        after.SequenceNumber.Should().HaveLength(21);
    }

    [Fact]
    public async Task Changes_are_kept_for_24_hours()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "old"));
        await bed.Table.PutAsync(TableBed.Item("a", "old", "changed"));
        bed.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        await bed.InsertAsync(("a", "young"));

        await bed.Table.TrimAsync();

        (await bed.ChangesAsync()).Should().ContainSingle().Which.SortKey.Should().Be("young");
        (await bed.Database.WriteAsync(session => session.Scalar("SELECT count(*) FROM table_changes"))).Should().Be(0L);
        (await bed.Table.CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Changes_that_a_reader_has_not_seen_are_not_trimmed()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"));
        bed.Table.AddReader(() => 1);
        bed.Time.Advance(TimeSpan.FromHours(48));

        await bed.Table.TrimAsync();

        (await bed.ChangesAsync()).Should().ContainSingle().Which.SortKey.Should().Be("2");
    }

    [Fact]
    public async Task Beyond_what_memory_holds_the_stream_comes_from_disk()
    {
        await using var bed = await TableBed.OpenAsync(maxHeldChanges: 10);
        foreach (var batch in Enumerable.Range(0, 1200).Chunk(25))
        {
            await bed.InsertAsync([.. batch.Select(i => ($"p{i % 5}", $"{i}"))]);
        }

        (await bed.ChangesAsync()).Select(change => change.SortKey).Should().Equal(Enumerable.Range(0, 1200).Select(i => $"{i}"));
        (await bed.ChangesAsync(after: 1100)).Should().HaveCount(100);
    }

    [Fact]
    public async Task Concurrent_writers_make_one_stream_without_gaps()
    {
        using var file = new Queue.TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => bed.InsertAsync(($"p{i}", "1"), ($"p{i}", "2"), ($"p{i % 7}", $"x{i}"))));

        var changes = await bed.ChangesAsync();
        changes.Should().HaveCount(300);
        changes.Select(change => change.Sequence).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_neighbour_that_fails_in_the_same_commit_leaves_one_record_of_each_change()
    {
        using var file = new Queue.TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        using var commitGoesOn = new ManualResetEventSlim();
        var commit = bed.Database.WriteAsync(_ => commitGoesOn.Wait());
        var inserts = bed.InsertAsync(("a", "1"), ("a", "2"), ("a", "1"));
        var put = bed.Table.PutAsync(TableBed.Item("b", "1"));
        var neighbour = bed.Database.WriteAsync(_ => throw new InvalidOperationException("bad"));
        var delete = bed.Table.DeleteAsync("b", "1");

        commitGoesOn.Set();
        await Task.WhenAll(commit, inserts, put, delete);

        await FluentActions.Awaiting(() => neighbour).Should().ThrowAsync<InvalidOperationException>();
        (await bed.ChangesAsync()).Select(Tell).Should().Equal("INSERT a/1 -/v", "INSERT a/2 -/v", "INSERT b/1 -/v", "REMOVE b/1 v/-");
        bed.Table.Stats.Should().Be(new TableStats(Items: 2, Inserted: 3, Existing: 1, Modified: 0, Removed: 1, Expired: 0));
    }

    private static readonly string[] Expected =
    [
        "INSERT a/1 -/first", "INSERT b/1 -/v", "MODIFY a/1 first/second", "MODIFY a/1 second/third", "REMOVE a/1 third/-", "INSERT a/1 -/again", "REMOVE b/1 v/- by time to live",
    ];

    private static async Task ChangeAsync(TableBed bed)
    {
        await bed.Table.PutAsync(TableBed.Item("a", "1", "first"));
        await bed.InsertAsync(("b", "1"));
        await bed.Table.PutAsync(TableBed.Item("a", "1", "second"));
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        await bed.Table.PutAsync(TableBed.Item("a", "1", "third"));
        await bed.Table.DeleteAsync("a", "1");
        await bed.Table.PutAsync(TableBed.Item("a", "1", "again"));
        await bed.Table.DeleteAsync("b", "1", DeleteReason.TimeToLive);
    }

    private static string Tell(ChangeRecord change)
    {
        return $"{change.EventName} {change.PartitionKey}/{change.SortKey} {Value(change.OldImage)}/{Value(change.NewImage)}{(change.ByTimeToLive ? " by time to live" : "")}";

        static string Value(ReadOnlyMemory<byte> image) => image.IsEmpty
            ? "-"
            : System.Text.Json.JsonDocument.Parse(image).RootElement.GetProperty("value").GetProperty("S").GetString()!;
    }
}
