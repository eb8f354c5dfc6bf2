namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>Messages that are moved between a queue and its dead-letter queue, as other callers see them.</summary>
public class MovedMessagesTests
{
    [Fact]
    public async Task Nobody_receives_a_message_that_is_being_redriven()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        await bed.DeadLetters.SendBatchAsync([QueueBed.Entry("a", "1"), QueueBed.Entry("b", "2")]);
        using var commitGoesOn = new ManualResetEventSlim();
        var commit = bed.Database.InTransactionAsync(_ => commitGoesOn.Wait());
        var redrive = bed.DeadLetters.RedriveAsync(bed.Queue);

        var received = await bed.DeadLetters.ReceiveAsync();

        received.Should().BeEmpty();
        commitGoesOn.Set();
        await commit;
        (await redrive).Should().Be(2);
        (await bed.ReceiveBodiesAsync()).Should().BeEquivalentTo("1", "2");
    }

    [Fact]
    public async Task A_message_that_was_sent_to_the_dead_letter_queue_directly_keeps_its_deduplication_id_in_a_redrive()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.DeadLetters.SendBatchAsync([QueueBed.Entry("a", "body", "own")]);

        await bed.DeadLetters.RedriveAsync(bed.Queue);

        (await bed.Queue.ListAsync()).Should().ContainSingle().Which.DeduplicationId.Should().Be("own");
    }

    [Fact]
    public async Task After_a_restart_sequence_numbers_of_a_dead_letter_queue_go_on_behind_those_of_moved_messages()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 1);
        await bed.SendAsync("a", "x");
        await bed.Queue.ReceiveAsync();
        bed.Time.Advance(QueueBed.Visibility);
        await bed.Queue.ReceiveAsync();
        var moved = (await bed.DeadLetters.ListAsync()).Single();

        await bed.RestartAsync();

        var next = (await bed.DeadLetters.SendBatchAsync([QueueBed.Entry("a", "y")])).Single();
        string.CompareOrdinal(next.SequenceNumber, moved.SequenceNumber).Should().BePositive();
        (await bed.DeadLetters.ListAsync()).Select(message => message.SequenceNumber).Should().Equal(moved.SequenceNumber, next.SequenceNumber);
    }
}
