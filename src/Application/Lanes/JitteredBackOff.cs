namespace DataToEvents.Application.Lanes;

/// <summary>
/// The pause before another attempt: a random part of a bound, so that clients that failed together do not return together ("full jitter",
/// aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter). The bound doubles with each attempt, up to five seconds.
/// </summary>
/// <param name="first">The bound of the first pause.</param>
/// <param name="time">Measures the pauses.</param>
/// <param name="random">Draws their lengths.</param>
public sealed class JitteredBackOff(TimeSpan first, TimeProvider time, Random random)
{
    private static readonly TimeSpan LongestBound = TimeSpan.FromSeconds(5);

    /// <param name="attempts">How many attempts have failed, from 1.</param>
    /// <param name="cancellationToken">Ends the pause early.</param>
    public Task PauseAsync(int attempts, CancellationToken cancellationToken) => Task.Delay(Pause(attempts), time, cancellationToken);

    internal TimeSpan Pause(int attempts)
    {
        var bound = Math.Min(first.Ticks << Math.Min(attempts - 1, 16), LongestBound.Ticks);
        return TimeSpan.FromTicks((long)(random.NextDouble() * bound));
    }
}
