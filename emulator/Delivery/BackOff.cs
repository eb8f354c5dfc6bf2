namespace DataToEvents.Emulator.Delivery;

/// <summary>Pauses before retries. The bound of a pause doubles with each failure, up to the longest.</summary>
/// <param name="first">The bound after the first failure.</param>
/// <param name="longest">The bound that is never exceeded.</param>
/// <param name="random">Chooses a pause between half of the bound and the bound, so that callers that failed together do not come back together. Null: the bound itself.</param>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random? random = null)
{
    /// <param name="failures">How many tries in a row have failed; after 0 there is no pause.</param>
    public TimeSpan After(int failures)
    {
        if (failures == 0)
        {
            return TimeSpan.Zero;
        }

        var bound = Math.Min(first.Ticks * Math.Pow(2, failures - 1), longest.Ticks);
        return TimeSpan.FromTicks((long)(Share() * bound));
    }

    private double Share()
    {
        if (random is null)
        {
            return 1;
        }

        lock (random)
        {
            return 0.5 + (random.NextDouble() / 2);
        }
    }
}
