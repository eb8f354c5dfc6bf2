using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Delivery;

public sealed class WakeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Wake _wake;

    public WakeTests() => _wake = new Wake(_time);

    public void Dispose() => _wake.Dispose();

    [Fact]
    public void A_loop_sleeps_until_the_signal_is_set() => OneThread.Run(async () =>
    {
        var sleep = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();
        sleep.IsCompleted.Should().BeFalse();

        _wake.Set();

        await sleep;
    });

    [Fact]
    public void A_signal_that_is_set_before_the_sleep_ends_that_sleep_and_no_other() => OneThread.Run(async () =>
    {
        _wake.Set();
        _wake.Set();

        _wake.SleepAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        var second = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void A_loop_that_was_woken_can_sleep_again() => OneThread.Run(async () =>
    {
        var first = _wake.SleepAsync(CancellationToken.None);
        _wake.Set();
        await first;

        var second = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void A_loop_wakes_at_the_time_that_was_set_last_and_never_earlier() => OneThread.Run(async () =>
    {
        var sleep = _wake.SleepAsync(CancellationToken.None);
        _wake.SetAfter(TimeSpan.FromMilliseconds(5));
        _wake.SetAfter(TimeSpan.FromMilliseconds(10.5));

        _time.Advance(TimeSpan.FromMilliseconds(10.5));
        await OneThread.IdleAsync();
        sleep.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(0.5));

        await sleep;
    });

    [Fact]
    public void A_time_in_the_past_wakes_at_once_and_a_time_that_was_taken_back_never() => OneThread.Run(async () =>
    {
        var sleep = _wake.SleepAsync(CancellationToken.None);
        _wake.SetAfter(TimeSpan.FromMilliseconds(-5));
        _time.Advance(TimeSpan.Zero);
        await sleep;

        var second = _wake.SleepAsync(CancellationToken.None);
        _wake.SetAfter(TimeSpan.FromMilliseconds(5));
        _wake.SetAfter(null);
        _time.Advance(TimeSpan.FromDays(1));
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void Cancellation_ends_a_sleep() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var sleep = _wake.SleepAsync(stop.Token);

        stop.Cancel();

        await sleep.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });
}
