using CsCheck;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>Random steps of senders, consumers, the clock and restarts. A model of SQS FIFO says what the answers must be.</summary>
public class QueueProperties
{
    private const int MaxReceiveCount = 3;

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], (group, id) => (Step)new Send($"g{group}", $"id{id}"))),
        (4, Gen.Int[1, 10].Select(max => (Step)new Receive(max))),
        (3, Gen.Int[0, 20].Select(index => (Step)new Delete(index))),
        (1, Gen.Int[0, 20].Select(index => (Step)new Show(index))),
        (2, Gen.Int[1, 200].Select(seconds => (Step)new Wait(seconds))),
        (1, Gen.Const((Step)new Restart())));

    [Fact]
    public void Order_deduplication_locks_and_dead_letters_follow_the_model() =>
        Steps.Array[1, 60].Sample(steps => OneThread.Run(() => FollowAsync(steps)), iter: 300);

    private static async Task FollowAsync(Step[] steps)
    {
        await using var bed = await QueueBed.OpenAsync(MaxReceiveCount, maxHeldBodies: 5);
        var model = new QueueModel(MaxReceiveCount);
        foreach (var step in steps)
        {
            model.Now = bed.Time.GetUtcNow();
            await TakeAsync(step, bed, model);
            bed.Queue.Stats.Depth.Should().Be(model.Waiting.Count);
            (await bed.DeadLetters.ListAsync()).Select(dead => dead.MessageId).Should().Equal(model.Dead);
        }

        (await bed.Queue.ListAsync()).Select(message => message.MessageId).Should().Equal(model.Waiting.Select(message => message.Id));
    }

    private static async Task TakeAsync(Step step, QueueBed bed, QueueModel model)
    {
        switch (step)
        {
            case Send send:
                model.Sent(send.Group, send.Id, await bed.SendAsync(send.Group, $"{send.Group} {send.Id}", send.Id));
                break;
            case Receive receive:
                model.Received(await bed.Queue.ReceiveAsync(receive.Max), receive.Max, (await bed.DeadLetters.ListAsync()).Select(dead => dead.MessageId));
                break;
            case Delete delete when model.Handle(delete.Index) is { } handle:
                model.Deleted(handle, (await bed.Queue.DeleteBatchAsync([handle.ReceiptHandle]))[0]);
                break;
            case Show show when model.Handle(show.Index) is { } handle:
                model.Shown(handle, bed.Queue.ChangeVisibility(handle.ReceiptHandle, TimeSpan.Zero));
                break;
            case Wait wait:
                bed.Time.Advance(TimeSpan.FromSeconds(wait.Seconds));
                break;
            case Restart:
                await bed.RestartAsync();
                model.Restarted();
                break;
        }
    }

    private abstract record Step;

    private sealed record Send(string Group, string Id) : Step;

    private sealed record Receive(int Max) : Step;

    private sealed record Delete(int Index) : Step;

    private sealed record Show(int Index) : Step;

    private sealed record Wait(int Seconds) : Step;

    private sealed record Restart : Step;
}
