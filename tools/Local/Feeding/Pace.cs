namespace DataToEvents.Local.Feeding;

/// <summary>An open-loop schedule: record n is due at n / rate, however long the ones before it took.</summary>
internal sealed class Pace(int? rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How long to wait for a record's turn; null when it is due.</summary>
    public TimeSpan? Due(long record)
    {
        if (rate is not { } perSecond)
        {
            return null;
        }

        var wait = TimeSpan.FromSeconds((double)record / perSecond) - time.GetElapsedTime(_start);
        return wait > TimeSpan.Zero ? wait : null;
    }
}
