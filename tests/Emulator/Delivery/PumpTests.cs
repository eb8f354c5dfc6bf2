namespace DataToEvents.Emulator.Tests.Delivery;

public class PumpTests
{
    [Fact]
    public void Loops_run_side_by_side_until_they_are_stopped() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var running = 0;
        var pumps = Pump.RunAsync(stop.Token, RunAsync, RunAsync);
        (running, pumps.IsCompleted).Should().Be((2, false));

        stop.Cancel();

        await pumps;

        Task RunAsync(CancellationToken token)
        {
            running++;
            return UntilAsync(token);
        }
    });

    [Fact]
    public void The_first_fault_stops_the_others_and_comes_out() => OneThread.Run(async () =>
    {
        var stopped = false;
        var fault = new TaskCompletionSource();
        var pumps = Pump.RunAsync(CancellationToken.None, OtherAsync, _ => fault.Task);

        fault.SetException(new InvalidOperationException("broken"));

        await pumps.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");
        stopped.Should().BeTrue();

        async Task OtherAsync(CancellationToken token)
        {
            try
            {
                await UntilAsync(token);
            }
            finally
            {
                stopped = true;
            }
        }
    });

    [Fact]
    public void The_fault_that_came_first_comes_out_whatever_the_order_of_the_loops() => OneThread.Run(async () =>
    {
        var pumps = Pump.RunAsync(CancellationToken.None, FailLaterAsync, _ => throw new InvalidOperationException("first"));

        await pumps.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("first");

        static async Task FailLaterAsync(CancellationToken token)
        {
            await UntilAsync(token).ContinueWith(static _ => { }, TaskScheduler.Current);
            throw new InvalidOperationException("second");
        }
    });

    [Fact]
    public void A_loop_that_ends_by_itself_leaves_the_others_running() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var pumps = Pump.RunAsync(stop.Token, UntilAsync, _ => Task.CompletedTask);
        await OneThread.IdleAsync();
        pumps.IsCompleted.Should().BeFalse();

        stop.Cancel();

        await pumps;
    });

    private static Task UntilAsync(CancellationToken token) => new TaskCompletionSource().UntilAsync(token);
}
