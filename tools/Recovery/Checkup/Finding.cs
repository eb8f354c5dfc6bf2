namespace DataToEvents.Recovery.Checkup;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>The path works, and something will go wrong or should be looked at.</summary>
    Warn,

    /// <summary>The path does not work, or loses something.</summary>
    Fail,
}

/// <summary>What one check found.</summary>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Do">What to do; null: nothing.</param>
internal sealed record Finding(Verdict Verdict, string Check, string Found, string? Do = null)
{
    public static Finding Ok(string check, string found) => new(Verdict.Ok, check, found);
}
