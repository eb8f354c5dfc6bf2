using DataToEvents.Emulator.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Delivery;

public sealed class WakeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Wake _wake;

    public WakeTests() => _wake = new Wake(_time);

    public void Dispose() => _wake.Dispose();

    [Fact]
    public void A_sleeper_sleeps_until_it_is_woken() => OneThread.Run(async () =>
    {
        var sleep = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();
        sleep.IsCompleted.Should().BeFalse();

        _wake.Set();

        await sleep;
    });

    [Fact]
    public void What_comes_before_the_sleep_ends_that_sleep_and_no_other() => OneThread.Run(async () =>
    {
        _wake.Set();
        _wake.Set();

        _wake.SleepAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        var second = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void Who_was_woken_sleeps_again() => OneThread.Run(async () =>
    {
        var first = _wake.SleepAsync(CancellationToken.None);
        _wake.Set();
        await first;

        var second = _wake.SleepAsync(CancellationToken.None);
        await OneThread.IdleAsync();

        second.IsCompleted.Should().BeFalse();
    });

    [Fact]
    public void A_sleeper_wakes_at_the_time_that_was_set_last_and_never_too_early() => OneThread.Run(async () =>
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
    public void A_time_that_is_over_wakes_at_once_and_one_that_is_taken_back_never() => OneThread.Run(async () =>
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
    public void A_sleeper_that_is_stopped_ends() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var sleep = _wake.SleepAsync(stop.Token);

        stop.Cancel();

        await sleep.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });
}
