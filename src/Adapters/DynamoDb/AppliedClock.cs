namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Times that always grow, so that two events applied in the same tick keep their order in the feed.</summary>
internal sealed class AppliedClock(TimeProvider time)
{
    private long _last;

    public DateTimeOffset Next()
    {
        var now = time.GetUtcNow().UtcTicks;
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return new DateTimeOffset(next, TimeSpan.Zero);
            }
        }
    }
}
