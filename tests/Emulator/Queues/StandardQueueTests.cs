using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class StandardQueueTests
{
    [Theory]
    [InlineData(null, new[] { "ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp" })]
    [InlineData("tenant", new[] { "ApproximateReceiveCount", "SentTimestamp", "MessageGroupId", "SenderId", "ApproximateFirstReceiveTimestamp" })]
    public async Task The_event_of_a_standard_queue_lacks_the_attributes_of_a_FIFO_queue(string? group, string[] attributes)
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var plain = await OpenAsync(bed);
        await plain.SendBatchAsync([new(group, null, "x"u8.ToArray())]);
        var answer = new TaskCompletionSource<InvocationResult>();
        var function = new FakeFunction(_ => answer.Task);
        var source = new QueueEventSource(plain, function, new QueueEventSourceOptions { MaximumConcurrency = 1 });

        OneThread.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await OneThread.IdleAsync();
            source.Stats.Running.Should().Be(1);
            answer.SetResult(InvocationResult.Success(default));
            await OneThread.IdleAsync();
            source.Stats.Running.Should().Be(0);
            stop.Cancel();
            await running;
        });

        function.Events.Single()["Records"]![0]!["attributes"]!.AsObject().Select(attribute => attribute.Key).Should().Equal(attributes);
        plain.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Messages_of_one_group_of_a_standard_queue_do_not_wait_for_each_other()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var plain = await OpenAsync(bed);
        await plain.SendBatchAsync([new("tenant", "id", "1"u8.ToArray()), new("tenant", "id", "2"u8.ToArray())]);

        await plain.ReceiveAsync(max: 1);

        (await plain.ReceiveAsync(max: 1)).Select(QueueBed.Body).Should().Equal("2");
    }

    private static Task<MessageQueue> OpenAsync(QueueBed bed) =>
        MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "plain", Fifo = false }, bed.Time, new Random(1));
}
