namespace DataToEvents.Recovery.Commands;

/// <param name="Yes">Do not ask.</param>
/// <param name="DryRun">Only say what would be done.</param>
/// <param name="Rate">At most so many a second; null: no limit.</param>
internal sealed record ChangeOptions(bool Yes = false, bool DryRun = false, double? Rate = null);
