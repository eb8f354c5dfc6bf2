namespace DataToEvents.Recovery.Commands;

/// <summary>One run of one command.</summary>
internal sealed record CommandSession(Terminal Terminal, Printer Printer, PathServices Services, ChangeOptions Change, CancellationToken Stopping)
{
    /// <summary>
    /// Says what is going to be done, and asks. Returns null to go ahead, else the exit code to end with.
    /// </summary>
    public int? Confirm(params string[] plan)
    {
        foreach (var line in plan)
        {
            // With --json standard output is only for the answer.
            (Printer.IsJson ? Terminal.Error : Terminal.Output).WriteLine(line);
        }

        if (Change.DryRun)
        {
            Printer.Set("dryRun", true);
            Printer.Say("Nothing was changed (--dry-run).");
            return ExitCode.Success;
        }

        if (Change.Yes)
        {
            return null;
        }

        if (!Terminal.IsInteractive)
        {
            Terminal.Complain("nobody is here to be asked whether to go on; allowed: --yes, --dry-run.");
            return ExitCode.BadInput;
        }

        Terminal.Output.Write("Go on? [y/N] ");
        if (Terminal.Input.ReadLine()?.Trim() is "y" or "Y" or "yes")
        {
            return null;
        }

        Printer.Say("Nothing was changed.");
        return ExitCode.Incomplete;
    }

    /// <summary>Does the work, reports the result in any case, and chooses the exit code.</summary>
    /// <param name="unit">The word for one of them: "message".</param>
    /// <param name="done">Past tense: "12 messages {done}".</param>
    /// <param name="work">Counts what it does.</param>
    public async Task<int> WorkAsync(string unit, string done, Func<Tally, Task> work)
    {
        var tally = new Tally();
        string? cause = null;
        try
        {
            await work(tally);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            cause = "stopped; the same command goes on where it stopped";
        }
        catch (Exception fault) when (ServiceFaults.Describe(fault, Stopping) is { } description)
        {
            cause = description;
        }

        Printer.Set(done.Replace(" ", "", StringComparison.Ordinal), tally.Done);
        Printer.Set("failed", tally.Failed);
        Printer.Say($"{Units.Count(tally.Done, unit)} {done}{(tally.Failed > 0 ? $", {Cells.Text(tally.Failed)} not" : "")}.");
        if ((cause ?? tally.FirstReason) is not { } reason)
        {
            return ExitCode.Success;
        }

        Terminal.Complain(reason);
        return cause is not null && tally.Done + tally.Failed == 0 && !Stopping.IsCancellationRequested ? ExitCode.NoTarget : ExitCode.Incomplete;
    }
}
