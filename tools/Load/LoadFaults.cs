namespace DataToEvents.Load;

/// <summary>The faults that a run's records have on purpose.</summary>
/// <param name="DuplicatePercent">Share of records that repeat an earlier one.</param>
/// <param name="PoisonPercent">Share of records that are poison.</param>
/// <param name="Poisons">Its kinds; none: all.</param>
public sealed record LoadFaults(double DuplicatePercent = 0, double PoisonPercent = 0, IReadOnlyList<PoisonKind>? Poisons = null)
{
    // Big records (a megabyte each) come six times more rarely than small ones.
    private const int SmallWeight = 6;

    /// <summary>The kinds to draw from, each as often as its weight.</summary>
    public PoisonKind[] Draw { get; } =
        [.. (Poisons is { Count: > 0 } chosen ? chosen : Enum.GetValues<PoisonKind>()).SelectMany(kind => Enumerable.Repeat(kind, kind is PoisonKind.Oversize or PoisonKind.Large or PoisonKind.Unfit ? 1 : SmallWeight))];
}
