namespace DataToEvents.Application.Lanes;

/// <summary>Bounds of one batched call and of the calls at once.</summary>
/// <param name="MaxEntries">Entries in a call.</param>
/// <param name="MaxBytes">Bytes in a call, summed over its entries.</param>
/// <param name="MaxCallsInFlight">Calls at once. performance.md: 50 batches at 5 ms a call take 27 ms with 16, 19 ms with 25, 14 ms with 50.</param>
/// <param name="MaxAttempts">Attempts an entry gets before its lane is given up.</param>
/// <param name="FirstBackOff">Upper bound of the pause before the second attempt; it doubles with each further one.</param>
public sealed record LaneOptions(int MaxEntries, int MaxBytes, int MaxCallsInFlight, int MaxAttempts, TimeSpan FirstBackOff)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>A pause between nothing and the bound ("full jitter"), so that clients that failed together do not return together.</summary>
    internal TimeSpan BackOff(int attempts, Random random)
    {
        var bound = Math.Min(FirstBackOff.Ticks << Math.Min(attempts - 1, 16), LongestBackOff.Ticks);
        return TimeSpan.FromTicks((long)(random.NextDouble() * bound));
    }
}
