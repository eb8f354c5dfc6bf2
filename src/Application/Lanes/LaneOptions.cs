namespace DataToEvents.Application.Lanes;

/// <summary>Bounds of one batched call and of the calls at once.</summary>
/// <param name="MaxEntries">Entries in a call.</param>
/// <param name="MaxBytes">Bytes in a call, summed over its entries.</param>
/// <param name="MaxCallsInFlight">Calls at once. Measured: 50 batches at 5 ms a call take 27 ms with 16, 19 ms with 25, 14 ms with 50.</param>
/// <param name="FirstBackOff">Bound of the pause before the second attempt, see <see cref="JitteredBackOff"/>.</param>
public sealed record LaneOptions(int MaxEntries, int MaxBytes, int MaxCallsInFlight, TimeSpan FirstBackOff)
{
    // A batch of 500 records makes 50 calls: the second finds twice the connections, the fifth all of them.
    private const int CallsToOneMore = 8;

    /// <summary>
    /// Calls at once in the beginning. Each 8 calls that were made allow one more. Every call at once needs a connection, and a cold start
    /// should not wait for the TLS handshakes of connections that it hardly uses.
    /// </summary>
    public int FirstCallsInFlight { get; init; } = MaxCallsInFlight;

    internal int CallsInFlight(long callsMade) => (int)Math.Min(MaxCallsInFlight, FirstCallsInFlight + (callsMade / CallsToOneMore));
}
