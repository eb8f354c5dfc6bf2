namespace DataToEvents.Generator.Sending;

/// <summary>Exponential back-off with full jitter, so that senders that were refused together do not return together.</summary>
internal sealed class Backoff(Random random)
{
    /// <summary>Attempts before a record counts as undelivered: about a minute of waiting on average, in which a target can restart.</summary>
    public const int MaxAttempts = 30;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan After(int attempt)
    {
        var ceiling = Shortest * Math.Pow(2, attempt - 1);
        return random.NextDouble() * (ceiling < Longest ? ceiling : Longest);
    }
}
