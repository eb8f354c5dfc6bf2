namespace DataToEvents.Emulator.Tests.Delivery;

public class SlotsTests
{
    [Fact]
    public void Callers_that_find_no_free_slot_wait_in_the_order_in_which_they_came() => OneThread.Run(async () =>
    {
        var slots = new Slots(2);
        var asked = Enumerable.Range(0, 4).Select(_ => slots.EnterAsync(CancellationToken.None)).ToArray();
        Done(asked).Should().Equal(true, true, false, false);

        slots.Leave();
        await OneThread.IdleAsync();
        Done(asked).Should().Equal(true, true, true, false);
        slots.Leave();
        await OneThread.IdleAsync();

        Done(asked).Should().Equal(true, true, true, true);
    });

    [Fact]
    public void A_slot_that_nobody_waits_for_stays_free_for_the_next_caller() => OneThread.Run(async () =>
    {
        var slots = new Slots(1);
        await slots.EnterAsync(CancellationToken.None);
        slots.Leave();

        slots.EnterAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        var second = slots.EnterAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void A_caller_that_stopped_waiting_takes_no_slot() => OneThread.Run(async () =>
    {
        var slots = new Slots(1);
        await slots.EnterAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var stopped = slots.EnterAsync(stop.Token);
        var next = slots.EnterAsync(CancellationToken.None);
        stop.Cancel();

        slots.Leave();

        await next;
        await stopped.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });

    [Fact]
    public async Task A_caller_that_is_cancelled_already_takes_no_free_slot()
    {
        var slots = new Slots(1);

        var enter = () => slots.EnterAsync(new CancellationToken(canceled: true));

        await enter.Should().ThrowAsync<OperationCanceledException>();
        slots.EnterAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
    }

    private static IEnumerable<bool> Done(Task[] asked) => asked.Select(task => task.IsCompletedSuccessfully);
}
