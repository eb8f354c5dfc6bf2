namespace DataToEvents.Application.Lanes;

/// <summary>How an item left its lane.</summary>
/// <param name="Sent">True when the service took it.</param>
/// <param name="Reason">Why it was not sent; null when it was.</param>
public readonly record struct LaneResult(bool Sent, string? Reason)
{
    internal static LaneResult Done { get; } = new(true, null);

    internal static LaneResult Failed(string? reason) => new(false, reason ?? "failed without a reason");

    internal static LaneResult HeldBack(string? reason) => new(false, $"held back: an earlier one of its stream failed ({reason})");
}
