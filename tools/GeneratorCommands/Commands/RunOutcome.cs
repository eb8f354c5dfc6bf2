namespace DataToEvents.Generator.Commands;

/// <summary>The exit code of a run, and the complaint that goes with it.</summary>
/// <param name="ExitCode">See <see cref="DataToEvents.Commands.ExitCode"/>.</param>
/// <param name="Complaint">Tells people what was not delivered and why; null when all was.</param>
internal sealed record RunOutcome(int ExitCode, string? Complaint)
{
    public static RunOutcome Of(SendTotals totals, SendPlan plan, TargetException? fault, bool stopped)
    {
        var done = totals.Records + totals.RefusedPoison;
        var isCutShort = fault is not null || (stopped && done != plan.Expected);
        // Fewer records than were asked for are no success, whatever the reason.
        var isShort = isCutShort || done < plan.Required;
        if (!isShort && totals.Undelivered == 0)
        {
            return new RunOutcome(DataToEvents.Commands.ExitCode.Success, null);
        }

        var cause = fault?.Message ?? (isCutShort ? "the run was stopped" : totals.LastError ?? "there were no more");
        var what = plan.Expected is { } expected && isShort
            ? string.Create(CultureInfo.InvariantCulture, $"{expected - done:N0} of {Units.Count(expected, "record was", "records were")} not delivered")
            : $"{Units.Count(totals.Undelivered, "record was", "records were")} not delivered; delivered: {Units.Count(totals.Records, "record")}";
        return new RunOutcome(fault is not null && totals.Records == 0 ? DataToEvents.Commands.ExitCode.NoTarget : DataToEvents.Commands.ExitCode.Incomplete, $"{what}: {cause}");
    }
}
