using DataToEvents.Emulator.Queues;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>Which bodies the queue holds in memory. The tests delete the rows on disk, so that only those bodies are left.</summary>
public class HeldBodiesTests
{
    [Theory]
    [InlineData(2, 1_000, 2)]
    [InlineData(100, 4, 2)]
    [InlineData(100, 5, 2)]
    [InlineData(100, 6, 3)]
    public async Task Bodies_are_held_in_memory_up_to_a_number_and_a_size(int bodies, long bytes, int held)
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var queue = await OpenAsync(bed, bodies, bytes);
        await SendAsync(queue, "10", "11", "12", "13");

        await LoseRowsAsync(bed);

        (await queue.ReceiveAsync()).Should().HaveCount(held);
    }

    [Fact]
    public async Task Deleted_messages_make_room_for_other_bodies()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var queue = await OpenAsync(bed, bodies: 2, bytes: 4);
        await SendAsync(queue, "10", "11", "12");
        await queue.PurgeAsync();
        await SendAsync(queue, "20", "21", "22");

        await LoseRowsAsync(bed);

        (await queue.ReceiveAsync()).Select(QueueBed.Body).Should().Equal("20", "21");
    }

    [Fact]
    public async Task A_body_that_was_read_for_a_receive_is_held_in_memory_from_then_on()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var queue = await OpenAsync(bed, bodies: 0, bytes: 0);
        await SendAsync(queue, "10");
        await queue.ReceiveAsync();

        await LoseRowsAsync(bed);
        bed.Time.Advance(queue.Options.VisibilityTimeout);

        (await queue.ReceiveAsync()).Select(QueueBed.Body).Should().Equal("10");
    }

    [Fact]
    public async Task A_message_whose_send_failed_can_be_sent_again_with_the_same_id()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.Database.InTransactionAsync(connection => { connection.Execute("ALTER TABLE queue_messages RENAME TO away"); });
        var send = () => bed.SendAsync("a", "1", "id");
        await send.Should().ThrowAsync<SqliteException>();
        await bed.Database.InTransactionAsync(connection => { connection.Execute("ALTER TABLE away RENAME TO queue_messages"); });

        (await send()).Error.Should().BeNull();

        bed.Queue.Stats.Should().Match<QueueStats>(stats => stats.Depth == 1 && stats.Sent == 1 && stats.Deduplicated == 0);
    }

    private static Task<MessageQueue> OpenAsync(QueueBed bed, int bodies, long bytes) =>
        MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "held.fifo", MaxHeldBodies = bodies, MaxHeldBytes = bytes }, bed.Time, new Random(1));

    private static Task<IReadOnlyList<SendEntryResult>> SendAsync(MessageQueue queue, params string[] bodies) => queue.SendBatchAsync([.. bodies.Select(body => QueueBed.Entry("a", body))]);

    private static Task LoseRowsAsync(QueueBed bed) => bed.Database.InTransactionAsync(connection => { connection.Execute("DELETE FROM queue_messages"); });
}
