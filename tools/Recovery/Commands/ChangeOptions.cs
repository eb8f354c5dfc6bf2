namespace DataToEvents.Recovery.Commands;

/// <param name="Yes">Do not ask.</param>
/// <param name="DryRun">Only say what the command would do.</param>
/// <param name="Rate">Changes a second, at most; null sets no limit.</param>
internal sealed record ChangeOptions(bool Yes = false, bool DryRun = false, double? Rate = null);
