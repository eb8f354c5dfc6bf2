using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Queues;

namespace DataToEvents.Emulator.Tests.Tables;

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
    public async Task The_stream_on_disk_has_the_same_records_although_items_have_changed_since()
    {
        using var file = new TemporaryFile();
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
    public async Task A_write_that_changes_nothing_makes_no_record()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"N":"1"}}"""u8.ToArray());

        var same = await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"N":"1"}}"""u8.ToArray());
        var sameInAnotherOrder = await bed.Table.PutAsync("""{"x":{"N":"1"},"sk":{"S":"1"},"pk":{"S":"a"}}"""u8.ToArray());
        await bed.InsertAsync(("a", "1"));
        await bed.Table.DeleteAsync("a", "2");

        var deep = string.Concat(Enumerable.Repeat("{\"L\":[", 31)) + string.Concat(Enumerable.Repeat("]}", 31));
        await bed.Table.PutAsync(Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"a"},"deep":{{{deep}}},"sk":{"S":"1"}}"""));
        var sameDeep = await bed.Table.PutAsync(Encoding.UTF8.GetBytes($$$"""{"deep":{{{deep}}},"pk":{"S":"a"},"sk":{"S":"1"}}"""));

        sameDeep.Should().BeOfType<PutOutcome.AlreadyExists>();
        same.Should().BeOfType<PutOutcome.AlreadyExists>();
        sameInAnotherOrder.Should().BeOfType<PutOutcome.AlreadyExists>();
        (await bed.ChangesAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Two_tables_of_one_database_have_their_own_items_and_streams()
    {
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        var options = new ItemTableOptions { Name = "other" };
        var other = await ItemTable.OpenAsync(bed.Database, options, bed.Time);
        await bed.InsertAsync(("a", "1"));
        await other.PutAsync(TableBed.Item("a", "1", "theirs"));
        await other.PutAsync(TableBed.Item("a", "1", "changed"));

        await bed.RestartAsync(file.Path);

        other = await ItemTable.OpenAsync(bed.Database, options, bed.Time);
        (await bed.ChangesAsync()).Select(Tell).Should().Equal("INSERT a/1 -/v");
        (await other.Stream.ReadAsync(new StreamCursor(), _ => true, 10)).Select(Tell).Should().Equal("INSERT a/1 -/theirs", "MODIFY a/1 theirs/changed");
        TableBed.Text((await bed.Table.GetAsync("a", "1"))!.Value).Should().Contain("\"v\"");
        (await other.CountAsync(), await bed.Table.CountAsync()).Should().Be((1, 1));
    }

    [Fact]
    public void Housekeeping_expires_items_and_trims_the_stream_by_itself() => OneThread.Run(async () =>
    {
        await using var bed = await TableBed.OpenAsync();
        var now = bed.Time.GetUtcNow().ToUnixTimeSeconds();
        await bed.Table.PutAsync(System.Text.Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"a"},"sk":{"S":"1"},"value":{"S":"v"},"expiresAt":{"N":"{{{now + 3_600}}}"}}"""));
        using var stop = new CancellationTokenSource();
        var running = bed.Table.RunAsync(stop.Token);

        await AdvanceAsync(TimeSpan.FromHours(1));
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        var expired = (await bed.ChangesAsync()).Select(change => change.EventName).ToList();
        await AdvanceAsync(TimeSpan.FromHours(25));
        await AdvanceAsync(TimeSpan.FromMinutes(5));

        expired.Should().Equal("INSERT", "REMOVE");
        (await bed.ChangesAsync()).Should().BeEmpty();
        stop.Cancel();
        await running;

        Task AdvanceAsync(TimeSpan time)
        {
            bed.Time.Advance(time);
            return OneThread.IdleAsync();
        }
    });

    [Fact]
    public async Task Sequence_numbers_increase_across_restarts_and_trimming()
    {
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        await bed.InsertAsync(("a", "1"));
        await bed.Table.DeleteAsync("a", "1");
        var before = (await bed.ChangesAsync())[^1];
        bed.Time.Advance(TimeSpan.FromHours(25));
        await bed.Table.Stream.TrimAsync();
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

        await bed.Table.Stream.TrimAsync();

        (await bed.ChangesAsync()).Should().ContainSingle().Which.SortKey.Should().Be("young");
        (await bed.Database.InTransactionAsync(connection => connection.Scalar("SELECT count(*) FROM table_changes"))).Should().Be(0L);
        (await bed.Table.CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Changes_that_a_reader_has_not_seen_are_not_trimmed()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"));
        bed.Table.Stream.AddReader(() => 1);
        bed.Time.Advance(TimeSpan.FromHours(48));

        await bed.Table.Stream.TrimAsync();

        (await bed.ChangesAsync()).Should().ContainSingle().Which.SortKey.Should().Be("2");
    }

    [Fact]
    public async Task Changes_that_memory_no_longer_holds_are_read_from_disk()
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
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => bed.InsertAsync(($"p{i}", "1"), ($"p{i}", "2"), ($"p{i % 7}", $"x{i}"))));

        var changes = await bed.ChangesAsync();
        changes.Should().HaveCount(300);
        changes.Select(change => change.Sequence).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_unit_of_work_that_fails_in_the_same_commit_does_not_change_the_records_of_others()
    {
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        using var commitGoesOn = new ManualResetEventSlim();
        var commit = bed.Database.InTransactionAsync(_ => commitGoesOn.Wait());
        var inserts = Task.WhenAll(bed.InsertAsync(("a", "1"), ("a", "2")), bed.InsertAsync(("a", "1")));
        var put = bed.Table.PutAsync(TableBed.Item("b", "1"));
        var neighbour = bed.Database.InTransactionAsync(_ => throw new InvalidOperationException("bad"));
        var delete = bed.Table.DeleteAsync("b", "1");

        commitGoesOn.Set();
        await Task.WhenAll(commit, inserts, put, delete);

        await FluentActions.Awaiting(() => neighbour).Should().ThrowAsync<InvalidOperationException>();
        (await bed.ChangesAsync()).Select(Tell).Should().Equal("INSERT a/1 -/v", "INSERT a/2 -/v", "INSERT b/1 -/v", "REMOVE b/1 v/-");
        bed.Table.Stats.Should().Be(new TableStats(Items: 2, Inserted: 3, Existing: 1, Modified: 0, Removed: 1, Expired: 0));
    }

    private static readonly string[] Expected =
    [
        "INSERT a/1 -/first", "INSERT b/1 -/v", "MODIFY a/1 first/second", "MODIFY a/1 second/third", "REMOVE a/1 third/-", "INSERT a/1 -/again", "REMOVE b/1 v/- by time to live", "INSERT c/1 -/v", "MODIFY c/1 v/w",
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
        await bed.Table.DeleteAsync("b", "1", byTimeToLive: true);
        await bed.InsertAsync(("c", "1"));
        await bed.Table.PutAsync(TableBed.Item("c", "1", "w"));
    }

    private static string Tell(ChangeRecord change)
    {
        return $"{change.EventName} {change.PartitionKey}/{change.SortKey} {Value(change.OldImage)}/{Value(change.NewImage)}{(change.ByTimeToLive ? " by time to live" : "")}";

        static string Value(ReadOnlyMemory<byte> image) => image.IsEmpty
            ? "-"
            : System.Text.Json.JsonDocument.Parse(image).RootElement.GetProperty("value").GetProperty("S").GetString()!;
    }
}
