namespace DataToEvents.Adapters.Formats;

/// <summary>Times that always grow, so that two events applied in the same tick keep their order in the feed.</summary>
public sealed class AppliedClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _last;

    public DateTimeOffset Next()
    {
        lock (_gate)
        {
            _last = Math.Max(time.GetUtcNow().UtcTicks, _last + 1);
            return new DateTimeOffset(_last, TimeSpan.Zero);
        }
    }
}
