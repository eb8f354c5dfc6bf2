namespace DataToEvents.Recovery.Releasing;

/// <summary>
/// What a release writes into an alias's description. Lambda does not keep which version an alias invoked before. It counts only while the alias still invokes the version that the note calls live.
/// </summary>
internal sealed partial record ReleaseNote(int Live, int Before)
{
    public static string Write(string live, string before) => $"operator release: live {live}, before {before}";

    /// <returns>Null when it is another text.</returns>
    public static ReleaseNote? Parse(string? description) => Pattern().Match(description ?? "") is { Success: true } match
        ? new ReleaseNote(int.Parse(match.Groups["live"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["before"].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex("^operator release: live (?<live>[0-9]{1,9}), before (?<before>[0-9]{1,9})$")]
    private static partial Regex Pattern();
}
