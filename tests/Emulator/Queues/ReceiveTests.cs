using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class ReceiveTests
{
    [Fact]
    public async Task A_batch_holds_several_groups_and_several_messages_of_a_group_in_order()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "a1"), ("b", "b1"), ("a", "a2"), ("b", "b2"));

        var bodies = await bed.ReceiveBodiesAsync();

        bodies.Should().Equal("a1", "a2", "b1", "b2");
    }

    [Fact]
    public async Task A_group_with_messages_in_flight_gives_nothing_more()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "a1"), ("a", "a2"));
        var first = await bed.Queue.ReceiveAsync(max: 1);
        await bed.SendAllAsync(("a", "a3"), ("b", "b1"));

        var whileInFlight = await bed.ReceiveBodiesAsync();
        await bed.Queue.DeleteBatchAsync([first[0].ReceiptHandle]);
        var afterwards = await bed.ReceiveBodiesAsync();

        whileInFlight.Should().Equal("b1");
        afterwards.Should().Equal("a2", "a3");
    }

    [Fact]
    public async Task A_group_stays_locked_until_the_last_message_in_flight_is_deleted_or_visible()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "a1"), ("a", "a2"), ("a", "a3"));
        var received = await bed.Queue.ReceiveAsync(max: 2);

        await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle]);
        var locked = await bed.ReceiveBodiesAsync();
        bed.Queue.ChangeVisibility(received[1].ReceiptHandle, TimeSpan.Zero);
        var open = await bed.ReceiveBodiesAsync();

        locked.Should().BeEmpty();
        open.Should().Equal("a2", "a3");
    }

    [Fact]
    public async Task After_the_visibility_timeout_messages_are_received_again_in_order_with_a_higher_receive_count()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "a1"), ("a", "a2"));
        var first = await bed.Queue.ReceiveAsync();
        bed.Time.Advance(QueueBed.Visibility - TimeSpan.FromMilliseconds(1));
        var tooEarly = await bed.Queue.ReceiveAsync();
        bed.Time.Advance(TimeSpan.FromMilliseconds(1));

        var again = await bed.Queue.ReceiveAsync();

        tooEarly.Should().BeEmpty();
        again.Select(message => (QueueBed.Body(message), message.ReceiveCount)).Should().Equal(("a1", 2), ("a2", 2));
        again.Select(message => message.FirstReceived).Should().Equal(first.Select(message => message.FirstReceived));
        again[0].ReceiptHandle.Should().NotBe(first[0].ReceiptHandle);
        bed.Queue.Stats.Redelivered.Should().Be(2);
    }

    [Fact]
    public async Task Extending_the_visibility_keeps_a_message_hidden()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var received = await bed.Queue.ReceiveAsync();

        bed.Queue.ChangeVisibility(received[0].ReceiptHandle, TimeSpan.FromMinutes(2)).Should().BeNull();
        bed.Time.Advance(TimeSpan.FromMinutes(1));

        (await bed.Queue.ReceiveAsync()).Should().BeEmpty();
        (await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle])).Should().Equal((EntryError?)null);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task An_expired_receipt_handle_deletes_nothing()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var first = await bed.Queue.ReceiveAsync();
        bed.Time.Advance(QueueBed.Visibility);
        await bed.Queue.ReceiveAsync();

        var errors = await bed.Queue.DeleteBatchAsync([first[0].ReceiptHandle, "nonsense"]);

        errors.Select(error => error?.Code).Should().Equal("InvalidParameterValue", "ReceiptHandleIsInvalid");
        bed.Queue.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task Deleting_again_succeeds()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var received = await bed.Queue.ReceiveAsync();
        await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle]);

        var errors = await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle]);

        errors.Should().Equal((EntryError?)null);
    }

    [Fact]
    public async Task A_waiting_receive_gets_a_message_that_is_sent_later()
    {
        await using var bed = await QueueBed.OpenAsync();
        var waiting = bed.Queue.ReceiveAsync(wait: TimeSpan.FromSeconds(20));
        waiting.IsCompleted.Should().BeFalse();

        await bed.SendAsync("a", "a1");

        (await waiting).Select(QueueBed.Body).Should().Equal("a1");
    }

    [Fact]
    public async Task A_waiting_receive_gets_a_message_that_becomes_visible_again()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        await bed.Queue.ReceiveAsync();
        var waiting = bed.Queue.ReceiveAsync(wait: TimeSpan.FromMinutes(5));

        bed.Time.Advance(QueueBed.Visibility);

        (await waiting).Select(QueueBed.Body).Should().Equal("a1");
    }

    [Fact]
    public async Task A_waiting_receive_ends_empty_when_its_time_is_over()
    {
        await using var bed = await QueueBed.OpenAsync();
        var waiting = bed.Queue.ReceiveAsync(wait: TimeSpan.FromSeconds(20));

        bed.Time.Advance(TimeSpan.FromSeconds(20));

        (await waiting).Should().BeEmpty();
    }

    [Fact]
    public async Task A_receive_that_stopped_waiting_takes_no_message()
    {
        await using var bed = await QueueBed.OpenAsync();
        using var stop = new CancellationTokenSource();
        var waiting = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan, cancellationToken: stop.Token);
        var other = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);
        await stop.CancelAsync();

        await bed.SendAsync("a", "a1");

        await waiting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await other).Select(QueueBed.Body).Should().Equal("a1");
    }

    [Fact]
    public async Task Bodies_that_are_not_held_in_memory_are_read_from_disk_in_order()
    {
        await using var bed = await QueueBed.OpenAsync(maxHeldBodies: 2);
        foreach (var i in Enumerable.Range(0, 3))
        {
            await bed.Queue.SendBatchAsync([.. Enumerable.Range(0, 5).Select(j => QueueBed.Entry($"g{j % 2}", $"{i}{j}"))]);
        }

        var bodies = new List<string>();
        while (await bed.Queue.ReceiveAsync(max: 3) is { Count: > 0 } received)
        {
            bodies.AddRange(received.Select(message => message.GroupId + " " + QueueBed.Body(message)));
            await bed.Queue.DeleteBatchAsync([.. received.Select(message => message.ReceiptHandle)]);
        }

        bodies.Where(body => body.StartsWith("g0", StringComparison.Ordinal)).Should().Equal("g0 00", "g0 02", "g0 04", "g0 10", "g0 12", "g0 14", "g0 20", "g0 22", "g0 24");
        bodies.Where(body => body.StartsWith("g1", StringComparison.Ordinal)).Should().Equal("g1 01", "g1 03", "g1 11", "g1 13", "g1 21", "g1 23");
    }

    [Fact]
    public async Task A_standard_queue_has_no_groups_and_no_deduplication()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var queue = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "plain", Fifo = false }, bed.Time, new Random(1));
        await queue.SendBatchAsync([new(null, null, "x"u8.ToArray()), new(null, null, "x"u8.ToArray())]);

        var first = await queue.ReceiveAsync(max: 1);
        var second = await queue.ReceiveAsync(max: 1);

        first.Concat(second).Select(message => message.MessageId).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task A_receive_asks_for_1_to_10_messages(int max)
    {
        await using var bed = await QueueBed.OpenAsync();

        var receive = () => bed.Queue.ReceiveAsync(max);

        (await receive.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("InvalidParameterValue");
    }

    [Fact]
    public async Task The_counters_tell_what_was_received_and_deleted_and_how_old_the_oldest_is()
    {
        await using var bed = await QueueBed.OpenAsync();
        bed.Queue.Stats.OldestAge.Should().Be(TimeSpan.Zero);
        await bed.SendAllAsync(("a", "a1"), ("b", "b1"));
        bed.Time.Advance(TimeSpan.FromSeconds(7));
        await bed.SendAsync("c", "c1");

        var received = await bed.Queue.ReceiveAsync(max: 2);
        var whileInFlight = bed.Queue.Stats;
        await bed.Queue.DeleteBatchAsync([.. received.Select(message => message.ReceiptHandle)]);

        whileInFlight.Should().Be(new QueueStats(3, 2, TimeSpan.FromSeconds(7), 3, 0, 2, 0, 0, 0, 0));
        bed.Queue.Stats.Should().Be(new QueueStats(1, 0, TimeSpan.Zero, 3, 0, 2, 0, 2, 0, 0));
    }
}
