using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Storage;

public sealed class DurableQueueTests
{
    [Fact]
    public async Task The_taker_notes_a_row_before_the_queue_stops_counting_it_so_that_a_drain_always_sees_it()
    {
        await using var database = Database.OpenInMemory();
        var queue = await database.InTransactionAsync(connection => DurableQueue.Open(connection, database, "owner", residentBytes: 1_000));
        await queue.AppendAsync(atMs: 1, records: 7, body: [1, 2, 3]);
        var waitingWhenNoted = -1L;

        var row = await queue.TakeAsync(_ => waitingWhenNoted = queue.WaitingRecords);

        (row!.Records, waitingWhenNoted, queue.WaitingRecords).Should().Be((7, 7, 0));
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_the_calls_whether_their_bodies_are_in_memory_or_on_disk()
    {
        await using var database = Database.OpenInMemory();
        var queue = await OpenAsync(database, residentBytes: 5);
        byte[][] bodies = [[1, 1], [2, 2, 2], [3], [], [5, 5, 5, 5, 5, 5], [6]];
        foreach (var body in bodies)
        {
            await queue.AppendAsync(atMs: body.Length, records: 1, body);
        }

        foreach (var body in bodies)
        {
            queue.OldestAtMs.Should().Be(body.Length);
            (await queue.TakeAsync())!.Body.Should().Equal(body);
        }

        (await queue.TakeAsync()).Should().BeNull();
        queue.OldestAtMs.Should().BeNull();
    }

    [Fact]
    public async Task Waiting_rows_are_counted_whether_their_bodies_are_in_memory_or_on_disk()
    {
        await using var database = Database.OpenInMemory();
        var queue = await OpenAsync(database, residentBytes: 3);
        await queue.AppendAsync(atMs: 1, records: 2, body: [1, 2, 3]);
        var last = await queue.AppendAsync(atMs: 2, records: 5, body: [1, 2, 3, 4]);

        Counts(queue).Should().Be((2, 7, 7));
        await queue.TakeAsync();
        Counts(queue).Should().Be((1, 5, 4));
        await queue.TakeAsync();
        Counts(queue).Should().Be((0, 0, 0));
        queue.LastId.Should().Be(last.Id);
    }

    [Fact]
    public async Task Bodies_beyond_the_limit_stay_on_disk_until_they_are_taken()
    {
        await using var database = Database.OpenInMemory();
        var queue = await OpenAsync(database, residentBytes: 4);

        var first = await queue.AppendAsync(atMs: 1, records: 1, body: [1, 2]);
        var second = await queue.AppendAsync(atMs: 1, records: 1, body: [1, 2]);
        var third = await queue.AppendAsync(atMs: 1, records: 1, body: [1]);
        (first.Body, second.Body, third.Body).Should().Match<(byte[]?, byte[]?, byte[]?)>(bodies => bodies.Item1 != null && bodies.Item2 != null && bodies.Item3 == null);
        await queue.TakeAsync();
        var fourth = await queue.AppendAsync(atMs: 1, records: 1, body: [1]);

        fourth.Body.Should().NotBeNull("there is room again");
    }

    [Fact]
    public async Task Bodies_are_read_back_in_windows_of_1_MiB_and_at_least_one_at_a_time()
    {
        await using var database = Database.OpenInMemory();
        var queue = await OpenAsync(database, residentBytes: 0);
        int[] lengths = [2_000_000, 500_000, 548_576, 1];
        var rows = new List<DurableRow>();
        foreach (var length in lengths)
        {
            rows.Add(await queue.AppendAsync(atMs: 1, records: 1, new byte[length]));
        }

        await queue.TakeAsync();
        rows.Select(row => row.Body is not null).Should().Equal(true, false, false, false);
        await queue.TakeAsync();
        rows.Select(row => row.Body is not null).Should().Equal(true, true, true, false);
    }

    [Fact]
    public async Task Rows_that_were_not_removed_are_there_again_for_their_owner_alone_and_new_rows_follow_them()
    {
        await using var database = Database.OpenInMemory();
        var queue = await OpenAsync(database, residentBytes: 100);
        var other = await database.InTransactionAsync(connection => DurableQueue.Open(connection, database, "other", residentBytes: 100));
        var removed = await queue.AppendAsync(atMs: 1, records: 1, body: [1]);
        var kept = await queue.AppendAsync(atMs: 2, records: 3, body: [2, 2]);
        await other.AppendAsync(atMs: 9, records: 9, body: [9]);
        await database.InTransactionAsync(connection => DurableQueue.Remove(connection, removed.Id, removed.Id));

        var again = await OpenAsync(database, residentBytes: 100);
        var fresh = await again.AppendAsync(atMs: 3, records: 1, body: [3]);

        Counts(again).Should().Be((2, 4, 3));
        fresh.Id.Should().BeGreaterThan(kept.Id);
        var first = await again.TakeAsync();
        (first!.Id, first.AtMs, first.Records, first.Bytes).Should().Be((kept.Id, 2, 3, 2));
        first.Body.Should().Equal(2, 2);
        (await again.TakeAsync())!.Body.Should().Equal(3);
        (await database.InTransactionAsync(connection => DurableQueue.Read(connection, kept.Id))).Should().Equal(2, 2);
    }

    [Fact]
    public async Task An_empty_queue_that_is_opened_again_gives_no_number_twice()
    {
        await using var database = Database.OpenInMemory();
        var before = await (await OpenAsync(database, residentBytes: 100)).AppendAsync(atMs: 1, records: 1, body: [1]);
        await database.InTransactionAsync(connection => DurableQueue.Remove(connection, before.Id, before.Id));

        var after = await (await OpenAsync(database, residentBytes: 100)).AppendAsync(atMs: 1, records: 1, body: [1]);

        after.Id.Should().BeGreaterThan(before.Id);
    }

    [Fact]
    public async Task Changes_in_the_transaction_of_a_row_are_made_with_it_or_not_at_all()
    {
        await using var database = Database.OpenInMemory();
        database.Define("CREATE TABLE beside (name TEXT)");
        var queue = await OpenAsync(database, residentBytes: 100);

        await queue.AppendAsync(atMs: 1, records: 1, body: [1], connection => connection.Execute("INSERT INTO beside VALUES ('with')"));
        var failing = () => queue.AppendAsync(atMs: 1, records: 1, body: [2], connection =>
        {
            connection.Execute("INSERT INTO beside VALUES ('without')");
            throw new InvalidOperationException("no");
        });

        await failing.Should().ThrowAsync<InvalidOperationException>();
        (await database.InTransactionAsync(connection => connection.Query("SELECT name FROM beside", row => row.GetString(0)))).Should().Equal("with");
        Counts(queue).Should().Be((1, 1, 1));
    }

    private static Task<DurableQueue> OpenAsync(Database database, long residentBytes) =>
        database.InTransactionAsync(connection => DurableQueue.Open(connection, database, "owner", residentBytes));

    private static (int, long, long) Counts(DurableQueue queue) => (queue.WaitingRows, queue.WaitingRecords, queue.WaitingBytes);
}
