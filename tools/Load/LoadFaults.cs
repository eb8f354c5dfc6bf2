namespace DataToEvents.Load;

/// <summary>What is to be wrong with a run's records.</summary>
/// <param name="DuplicatePercent">Share of records that repeat an earlier one.</param>
/// <param name="PoisonPercent">Share of records that are poison.</param>
/// <param name="Poisons">Its kinds; none: all.</param>
public sealed record LoadFaults(double DuplicatePercent = 0, double PoisonPercent = 0, IReadOnlyList<PoisonKind>? Poisons = null)
{
    // Big records are as rare as they are dear: a megabyte each, where the others have some bytes.
    private const int SmallWeight = 6;

    /// <summary>The kinds, each as often as it is to come.</summary>
    public PoisonKind[] Draw { get; } =
        [.. (Poisons is { Count: > 0 } chosen ? chosen : Enum.GetValues<PoisonKind>()).SelectMany(kind => Enumerable.Repeat(kind, kind is PoisonKind.Oversize or PoisonKind.Large or PoisonKind.Unfit ? 1 : SmallWeight))];
}
