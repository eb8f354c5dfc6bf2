using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>
/// SQS looks for message groups among a queue's oldest messages only (Amazon SQS Developer Guide, "Avoid large message backlogs with the same message
/// group ID in Amazon SQS").
/// </summary>
public sealed class LookAheadTests
{
    [Fact]
    public async Task A_group_behind_the_look_ahead_is_received_when_messages_before_it_are_gone()
    {
        await using var bed = await QueueBed.OpenAsync();
        var queue = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "short.fifo", MaxLookAhead = 3 }, bed.Time, new Random(1));
        foreach (var (group, body) in new[] { ("a", "1"), ("a", "2"), ("a", "3"), ("b", "4"), ("c", "5") })
        {
            await queue.SendBatchAsync([QueueBed.Entry(group, body)]);
        }

        var first = await queue.ReceiveAsync(max: 1);
        (await queue.ReceiveAsync()).Should().BeEmpty("b begins behind the third message");
        await queue.DeleteAsync(first);

        (await BodiesAsync(queue)).Should().Equal("2", "3", "4");
        (await queue.ReceiveAsync()).Should().BeEmpty("c begins behind the third message");
        await queue.DisposeAsync();
    }

    [Fact]
    public async Task As_many_messages_as_the_look_ahead_has_are_all_in_sight()
    {
        await using var bed = await QueueBed.OpenAsync();
        var queue = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "short.fifo", MaxLookAhead = 2 }, bed.Time, new Random(1));
        await queue.SendBatchAsync([QueueBed.Entry("a", "1"), QueueBed.Entry("b", "2")]);

        (await BodiesAsync(queue)).Should().Equal("1", "2");
        await queue.DisposeAsync();
    }

    private static async Task<string[]> BodiesAsync(MessageQueue queue) => [.. (await queue.ReceiveAsync()).Select(message => Encoding.UTF8.GetString(message.Body.Span))];
}
