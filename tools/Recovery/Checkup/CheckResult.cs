namespace DataToEvents.Recovery.Checkup;

/// <summary>What one check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Do">What to do; null: nothing.</param>
internal sealed record CheckResult(CheckLevel Level, string Check, string Found, string? Do = null)
{
    public static CheckResult Ok(string check, string found) => new(CheckLevel.Ok, check, found);
}
