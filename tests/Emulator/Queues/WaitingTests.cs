namespace DataToEvents.Emulator.Tests.Queues;

public class WaitingTests
{
    [Fact]
    public async Task A_receive_that_does_not_wait_ends_at_once()
    {
        await using var bed = await QueueBed.OpenAsync();

        bed.Queue.ReceiveAsync().IsCompletedSuccessfully.Should().BeTrue();
        bed.Queue.ReceiveAsync(wait: TimeSpan.Zero).IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Several_waiting_receives_get_messages_of_different_groups()
    {
        await using var bed = await QueueBed.OpenAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => bed.Queue.ReceiveAsync(max: 1, wait: Timeout.InfiniteTimeSpan)).ToArray();

        await bed.SendAllAsync(("a", "1"), ("b", "2"), ("c", "3"));

        var received = await Task.WhenAll(waiting).WaitAsync(QueueBed.Patience);
        received.Select(one => QueueBed.Body(one.Single())).Should().BeEquivalentTo("1", "2", "3");
    }

    [Fact]
    public async Task A_receive_that_is_cancelled_after_it_was_woken_wakes_the_next_one()
    {
        await using var bed = await QueueBed.OpenAsync();
        using var stop = new CancellationTokenSource();
        OneThread.Run(async () =>
        {
            var stopped = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan, cancellationToken: stop.Token);
            var next = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);
            var sent = bed.SendAsync("a", "a1");
            stop.Cancel();

            await stopped.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
            (await next).Select(QueueBed.Body).Should().Equal("a1");
            await sent;
        });
    }

    [Fact]
    public async Task Deleting_messages_in_flight_wakes_a_receive_that_waits_for_the_rest_of_their_group()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "a1"), ("a", "a2"));
        var first = await bed.Queue.ReceiveAsync(max: 1);
        var waiting = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);
        waiting.IsCompleted.Should().BeFalse();

        await bed.Queue.DeleteBatchAsync([first[0].ReceiptHandle]);

        (await waiting.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("a2");
    }
}
