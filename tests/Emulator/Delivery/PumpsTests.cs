using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Tests.Delivery;

public class PumpsTests
{
    [Fact]
    public void Loops_run_side_by_side_until_they_are_stopped() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var running = 0;
        var pumps = Pumps.RunAsync(stop.Token, RunAsync, RunAsync);
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
        var pumps = Pumps.RunAsync(CancellationToken.None, OtherAsync, _ => fault.Task);

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
    public void A_fault_that_follows_from_the_first_is_not_told() => OneThread.Run(async () =>
    {
        var pumps = Pumps.RunAsync(CancellationToken.None, FailLaterAsync, _ => throw new InvalidOperationException("first"));

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
        var pumps = Pumps.RunAsync(stop.Token, UntilAsync, _ => Task.CompletedTask);
        await OneThread.IdleAsync();
        pumps.IsCompleted.Should().BeFalse();

        stop.Cancel();

        await pumps;
    });

    [Fact]
    public void A_fault_is_told_while_another_loop_has_not_ended_yet() => OneThread.Run(async () =>
    {
        var slow = new TaskCompletionSource();
        using var pumps = new Pumps([_ => slow.Task, _ => throw new InvalidOperationException("broken")]);

        await pumps.Stopped.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();

        var ended = pumps.StopAsync();
        ended.IsCompleted.Should().BeFalse();
        slow.SetResult();
        await ended;
    });

    [Fact]
    public void Loops_that_are_stopped_have_ended_without_a_fault() => OneThread.Run(async () =>
    {
        using var pumps = new Pumps([UntilAsync, UntilAsync]);
        await OneThread.IdleAsync();
        pumps.Stopped.IsCompleted.Should().BeFalse();

        await pumps.StopAsync();

        await pumps.Stopped;
    });

    private static Task UntilAsync(CancellationToken token) => new TaskCompletionSource().UntilAsync(token);
}
