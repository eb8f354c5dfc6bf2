namespace DataToEvents.Application.Lanes;

/// <summary>The outcome of one entry of a batched call.</summary>
public readonly record struct Attempt
{
    private Attempt(AttemptResult result, string? reason) => (Result, Reason) = (result, reason);

    public AttemptResult Result { get; }

    /// <summary>Why it failed, for people; null when it did not.</summary>
    public string? Reason { get; }

    public static Attempt Done { get; } = new(AttemptResult.Done, null);

    /// <summary>Worth another try: throttled, timed out, an internal failure.</summary>
    public static Attempt Retry(string reason) => new(AttemptResult.Retry, reason);

    /// <summary>No further try can help: malformed, refused.</summary>
    public static Attempt Rejected(string reason) => new(AttemptResult.Rejected, reason);
}

public enum AttemptResult
{
    Done,
    Retry,
    Rejected,
}
