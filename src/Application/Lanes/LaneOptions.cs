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

    // A batch of 500 records makes 50 calls: the second finds twice the connections, the fifth all of them.
    private const int CallsToOneMore = 8;

    /// <summary>
    /// Calls at once to begin with; every 8 calls that were made allow one more. A call at once is a connection, and over TLS each costs its
    /// handshake: a cold start should not wait for those that it hardly uses.
    /// </summary>
    public int FirstCallsInFlight { get; init; } = MaxCallsInFlight;

    internal int CallsInFlight(long callsMade) => (int)Math.Min(MaxCallsInFlight, FirstCallsInFlight + (callsMade / CallsToOneMore));

    /// <summary>A pause between nothing and the bound ("full jitter"), so that clients that failed together do not return together.</summary>
    internal TimeSpan BackOff(int attempts, Random random)
    {
        var bound = Math.Min(FirstBackOff.Ticks << Math.Min(attempts - 1, 16), LongestBackOff.Ticks);
        return TimeSpan.FromTicks((long)(random.NextDouble() * bound));
    }
}
