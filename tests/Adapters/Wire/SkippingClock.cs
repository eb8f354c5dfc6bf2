using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>A clock that moves only when somebody pauses. A budget of more than ten seconds is no pause.</summary>
/// <param name="leap">The time by which it moves then; null moves it to the end of the pause.</param>
internal sealed class SkippingClock(TimeSpan? leap = null) : FakeTimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public TimeSpan Elapsed => GetUtcNow() - Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < LongestPause)
        {
            Advance(leap ?? dueTime);
        }

        return timer;
    }
}
