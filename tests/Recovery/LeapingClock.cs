using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Recovery.Tests;

/// <summary>A clock that moves only when somebody waits, and then at once to the end of the wait.</summary>
internal sealed class LeapingClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The sum of all waits.</summary>
    public TimeSpan Waited => GetUtcNow() - Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < Patience)
        {
            Advance(dueTime);
        }

        return timer;
    }
}
