using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class DeadLetterTests
{
    [Fact]
    public async Task A_message_received_too_often_moves_to_the_dead_letter_queue_and_the_next_of_its_group_can_be_received()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        var sent = await bed.SendAllAsync(("a", "poison"), ("a", "good"));
        await FailAsync(bed, times: 2, max: 1);

        var next = await bed.ReceiveBodiesAsync();

        next.Should().Equal("good");
        var dead = (await bed.DeadLetters.ListAsync()).Should().ContainSingle().Subject;
        dead.MessageId.Should().Be(sent[0].MessageId);
        dead.DeduplicationId.Should().Be(sent[0].MessageId.ToString());
        dead.GroupId.Should().Be("a");
        dead.Body.ToArray().Should().Equal("poison"u8.ToArray());
        dead.Sent.Should().Be(bed.Time.GetUtcNow());
        bed.Queue.Stats.DeadLettered.Should().Be(1);
    }

    [Fact]
    public async Task Receive_counts_survive_a_restart()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        await bed.SendAsync("a", "poison");
        await FailAsync(bed, times: 2, max: 1);
        await bed.RestartAsync();

        var received = await bed.Queue.ReceiveAsync();

        received.Should().BeEmpty();
        bed.DeadLetters.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task A_redrive_moves_each_message_back_once_and_keeps_the_order_of_each_group()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 1, maxHeldBodies: 3);
        var bodies = Enumerable.Range(0, 250).Select(i => (Group: $"g{i % 3}", Body: $"{i}")).ToArray();
        foreach (var batch in bodies.Chunk(10))
        {
            await bed.SendAllAsync(batch);
        }

        while (bed.Queue.Stats.Depth > 0)
        {
            await bed.Queue.ReceiveAsync();
            bed.Time.Advance(QueueBed.Visibility);
        }

        var moved = await bed.DeadLetters.RedriveAsync(bed.Queue);

        moved.Should().Be(250);
        bed.DeadLetters.Stats.Depth.Should().Be(0);
        var order = (await bed.Queue.ListAsync(limit: 1000)).GroupBy(message => message.GroupId).ToDictionary(
            group => group.Key!, group => group.Select(message => System.Text.Encoding.UTF8.GetString(message.Body.Span)));
        foreach (var group in bodies.GroupBy(body => body.Group))
        {
            order[group.Key].Should().Equal(group.Select(body => body.Body));
        }
    }

    [Fact]
    public async Task A_redriven_message_has_a_new_id_and_its_receives_are_counted_from_1()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 1);
        var sent = await bed.SendAsync("a", "x");
        await FailAsync(bed, times: 1, max: 1);
        await bed.Queue.ReceiveAsync();

        await bed.DeadLetters.RedriveAsync(bed.Queue);

        var again = (await bed.Queue.ReceiveAsync()).Should().ContainSingle().Subject;
        again.ReceiveCount.Should().Be(1);
        again.MessageId.Should().NotBe(sent.MessageId);
        QueueBed.Body(again).Should().Be("x");
    }

    [Fact]
    public async Task The_deduplication_id_of_a_message_in_the_dead_letter_queue_is_still_remembered()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 1);
        var sent = await bed.SendAsync("a", "x", "id");
        await FailAsync(bed, times: 1, max: 1);
        await bed.Queue.ReceiveAsync();
        await bed.RestartAsync();

        var repeated = await bed.SendAsync("a", "x", "id");

        repeated.Should().Be(sent);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Single_messages_can_be_removed_and_a_queue_can_be_purged()
    {
        await using var bed = await QueueBed.OpenAsync();
        var sent = await bed.SendAllAsync(("a", "1"), ("a", "2"), ("b", "3"));

        var removed = await bed.Queue.RemoveAsync(sent[0].SequenceNumber);
        var again = await bed.Queue.RemoveAsync(sent[0].SequenceNumber);
        var left = await bed.Queue.ListAsync(after: sent[1].SequenceNumber);
        await bed.Queue.PurgeAsync();

        removed.Should().BeTrue();
        again.Should().BeFalse();
        left.Should().ContainSingle().Which.SequenceNumber.Should().Be(sent[2].SequenceNumber);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task The_dead_letter_queue_of_a_FIFO_queue_must_be_a_FIFO_queue()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var plain = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "plain", Fifo = false }, bed.Time, new Random(1));

        var open = () => MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "x.fifo", Redrive = new RedrivePolicy(plain, 3) }, bed.Time, new Random(1));

        (await open.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("InvalidParameterValue");
    }

    private static async Task FailAsync(QueueBed bed, int times, int max)
    {
        for (var i = 0; i < times; i++)
        {
            (await bed.Queue.ReceiveAsync(max)).Should().NotBeEmpty();
            bed.Time.Advance(QueueBed.Visibility);
        }
    }
}
