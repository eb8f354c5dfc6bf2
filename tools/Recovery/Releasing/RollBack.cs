namespace DataToEvents.Recovery.Releasing;

/// <summary>The way back of one function: its live version gets all invocations again, or another one becomes live.</summary>
/// <param name="Live">The function.</param>
/// <param name="Version">The version that gets all invocations then.</param>
internal sealed record RollBack(LiveVersion Live, string Version)
{
    /// <summary>Versions of one release are published by one apply, which takes some minutes.</summary>
    private static readonly TimeSpan OneApply = TimeSpan.FromHours(1);

    /// <summary>
    /// Chooses the functions of the last release. While a new version gets a part of the invocations, those are the functions with such a part. Else they are those whose live version was
    /// published with the newest of the live versions: a function that the last release did not change must not go back as well.
    /// </summary>
    /// <param name="functions">All functions, or those that were chosen.</param>
    /// <param name="to">The version to go back to; null: the one before.</param>
    /// <param name="isChosen">Whether somebody named the functions.</param>
    /// <exception cref="UserErrorException">One version number was given for several functions.</exception>
    public static IReadOnlyList<RollBack> Of(IReadOnlyList<LiveVersion> functions, string? to, bool isChosen)
    {
        if (to is not null)
        {
            return functions is [var one] ? [new RollBack(one, to)] : throw new UserErrorException("--to is the version of one function; allowed: with one --function.");
        }

        if (functions.Any(static function => function.Canary is not null))
        {
            return [.. functions.Where(static function => function.Canary is not null).Select(static function => new RollBack(function, function.Version))];
        }

        var last = functions.Max(static function => function.Published);
        return
        [
            .. functions
                .Where(function => isChosen || function.Published is not { } published || last - published <= OneApply)
                .Where(static function => function.Before is not null)
                .Select(static function => new RollBack(function, function.Before!)),
        ];
    }

    public Task TakeAsync(Aliases aliases, CancellationToken cancellationToken) =>
        // The version before is not noted here: a second `release back` must not make the bad version live again.
        Version == Live.Version ? aliases.WithdrawAsync(Live.Function, cancellationToken) : aliases.MakeLiveAsync(Live, Version, $"operator release: back from {Live.Version}", cancellationToken);

    public override string ToString() => Version == Live.Version
        ? $"{Live.Function}: version {Version} stays live and gets all invocations again."
        : $"{Live.Function}: version {Version} becomes live again in the place of {Live.Version}{(Live.Published is { } time ? $" of {Cells.Text(time)}" : "")}.";
}
