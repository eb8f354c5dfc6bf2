using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Tests.Delivery;

public class SlotsTests
{
    [Fact]
    public void Who_finds_no_place_waits_for_one_in_the_order_of_asking() => OneThread.Run(async () =>
    {
        var places = new Slots(2);
        var asked = Enumerable.Range(0, 4).Select(_ => places.EnterAsync(CancellationToken.None)).ToArray();
        Done(asked).Should().Equal(true, true, false, false);

        places.Leave();
        await OneThread.IdleAsync();
        Done(asked).Should().Equal(true, true, true, false);
        places.Leave();
        await OneThread.IdleAsync();

        Done(asked).Should().Equal(true, true, true, true);
    });

    [Fact]
    public void A_place_that_nobody_waits_for_is_free_for_the_next() => OneThread.Run(async () =>
    {
        var places = new Slots(1);
        await places.EnterAsync(CancellationToken.None);
        places.Leave();

        places.EnterAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        var second = places.EnterAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void Who_stopped_waiting_takes_no_place() => OneThread.Run(async () =>
    {
        var places = new Slots(1);
        await places.EnterAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var stopped = places.EnterAsync(stop.Token);
        var next = places.EnterAsync(CancellationToken.None);
        stop.Cancel();

        places.Leave();

        await next;
        await stopped.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });

    [Fact]
    public async Task Who_has_stopped_already_takes_no_place_that_is_free()
    {
        var places = new Slots(1);

        var enter = () => places.EnterAsync(new CancellationToken(canceled: true));

        await enter.Should().ThrowAsync<OperationCanceledException>();
        places.EnterAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
    }

    private static IEnumerable<bool> Done(Task[] asked) => asked.Select(task => task.IsCompletedSuccessfully);
}
