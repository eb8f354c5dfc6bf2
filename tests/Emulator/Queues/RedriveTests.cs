namespace DataToEvents.Emulator.Tests.Queues;

public class RedriveTests
{
    [Fact]
    public async Task A_redrive_keeps_to_its_rate_and_reports_its_progress()
    {
        await using var bed = await DeadAsync("a", "b", "c", "d", "e");
        var moved = new List<int>();
        OneThread.Run(async () =>
        {
            var redrive = bed.DeadLetters.RedriveAsync(bed.Queue, perSecond: 2, progress: moved.Add);
            await AdvanceAsync(bed, 999);
            moved.Should().Equal(2);
            await AdvanceAsync(bed, 1);
            moved.Should().Equal(2, 4);
            await AdvanceAsync(bed, 1_000);
            moved.Should().Equal(2, 4, 5);
            await AdvanceAsync(bed, 499);
            redrive.IsCompleted.Should().BeFalse();
            await AdvanceAsync(bed, 1);

            (await redrive).Should().Be(5);
        });
    }

    [Fact]
    public async Task A_redrive_that_is_cancelled_leaves_the_rest_in_the_dead_letter_queue()
    {
        await using var bed = await DeadAsync("a", "b", "c");
        using var stop = new CancellationTokenSource();
        OneThread.Run(async () =>
        {
            var redrive = bed.DeadLetters.RedriveAsync(bed.Queue, perSecond: 1, cancellationToken: stop.Token);
            stop.Cancel();

            await redrive.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        });

        (bed.Queue.Stats.Depth, bed.DeadLetters.Stats.Depth).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_redrive_that_is_cancelled_before_it_begins_hides_nothing()
    {
        await using var bed = await DeadAsync("a", "b");

        var redrive = () => bed.DeadLetters.RedriveAsync(bed.Queue, cancellationToken: new CancellationToken(canceled: true));

        await redrive.Should().ThrowAsync<OperationCanceledException>();
        (await bed.DeadLetters.ReceiveAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_redrive_does_not_move_groups_with_messages_in_flight()
    {
        await using var bed = await DeadAsync("a", "a", "b");
        var held = await bed.DeadLetters.ReceiveAsync(max: 1);

        var moved = await bed.DeadLetters.RedriveAsync(bed.Queue);
        await bed.DeadLetters.DeleteBatchAsync([held[0].ReceiptHandle]);
        var movedThen = await bed.DeadLetters.RedriveAsync(bed.Queue);

        (moved, movedThen).Should().Be((1, 1));
        (await bed.ReceiveBodiesAsync()).Should().BeEquivalentTo("2", "1");
    }

    [Fact]
    public async Task Moved_messages_wake_a_waiting_receive_in_both_queues()
    {
        await using var bed = await DeadAsync("a");
        var waiting = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);

        await bed.DeadLetters.RedriveAsync(bed.Queue);

        (await waiting.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("0");
        var waitingForTheDead = bed.DeadLetters.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);
        bed.Time.Advance(QueueBed.Visibility);
        (await bed.Queue.ReceiveAsync()).Should().BeEmpty();
        (await waitingForTheDead.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("0");
    }

    [Fact]
    public async Task A_listing_is_read_in_pages_and_shows_receive_counts_and_which_messages_are_in_flight()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "1"), ("b", "2"), ("c", "3"));
        await bed.Queue.ReceiveAsync(max: 1);

        var page = await bed.Queue.ListAsync(limit: 2);

        page.Select(message => (message.InFlight, message.ReceiveCount)).Should().Equal((true, 1), (false, 0));
    }

    [Fact]
    public async Task A_waiting_receive_gets_the_message_behind_one_that_an_operator_removes()
    {
        await using var bed = await QueueBed.OpenAsync();
        var sent = await bed.SendAllAsync(("a", "1"), ("a", "2"));
        await bed.Queue.ReceiveAsync(max: 1);
        var waiting = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);

        await bed.Queue.RemoveAsync(sent[0].SequenceNumber);

        (await waiting.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("2");
    }

    /// <summary>A bed with a dead message, whose body is its index, for each of the groups.</summary>
    private static async Task<QueueBed> DeadAsync(params string[] groups)
    {
        var bed = await QueueBed.OpenAsync(maxReceiveCount: 1);
        await bed.SendAllAsync([.. groups.Select((group, index) => (group, $"{index}"))]);
        while (bed.Queue.Stats.Depth > 0)
        {
            await bed.Queue.ReceiveAsync();
            bed.Time.Advance(QueueBed.Visibility);
        }

        return bed;
    }

    private static Task AdvanceAsync(QueueBed bed, int milliseconds)
    {
        bed.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return OneThread.IdleAsync();
    }
}
