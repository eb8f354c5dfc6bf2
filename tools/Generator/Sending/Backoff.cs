namespace DataToEvents.Generator.Sending;

/// <summary>Exponential back-off with full jitter: senders that were refused together do not come back together.</summary>
internal sealed class Backoff(Random random)
{
    /// <summary>About ten seconds of waiting on average, before a record counts as undelivered.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan After(int attempt)
    {
        var ceiling = Shortest * Math.Pow(2, attempt - 1);
        return random.NextDouble() * (ceiling < Longest ? ceiling : Longest);
    }
}
