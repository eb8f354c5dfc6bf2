using DataToEvents.Recovery.Checkup;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>doctor</c>: looks at everything that can be read, and says what is wrong and what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>What calls of these services do not show, with the commands that do.</summary>
    private const string NotLooked =
        "Not looked at: other quotas than Lambda's concurrency (operator cost --rate N --region REGION --plan says which ones a load needs), alarms, and permissions of the functions' roles.";

    public static Command Create(Runner runner) => runner.Look(
        new Command("doctor", "Looks at everything that can be read, and says what is wrong and what to do. Exit code 1 if something fails; warnings are 0."), RunAsync);

    private static async Task<int> RunAsync(CommandSession session, ParseResult parsed)
    {
        var findings = new List<CheckResult>();
        foreach (var check in Checks(session))
        {
            findings.AddRange(await RunAsync(check, session.Stopping));
        }

        var listing = new Listing("findings", "is", "check", "found", "do");
        foreach (var finding in findings)
        {
            listing.Add(finding.Level.ToString().ToLowerInvariant(), finding.Check, finding.Found, finding.Do);
        }

        var failed = findings.Count(static finding => finding.Level == CheckLevel.Fail);
        session.Printer.Set("where", session.Services.Where);
        session.Printer.Set("failed", failed);
        session.Printer.Show(listing, "");
        session.Printer.Say("");
        session.Printer.Say(NotLooked);
        return failed > 0 ? ExitCode.Incomplete : ExitCode.Success;
    }

    /// <summary>A check that cannot read what it needs fails, and the others go on.</summary>
    private static async Task<IReadOnlyList<CheckResult>> RunAsync(ICheck check, CancellationToken stopping)
    {
        try
        {
            return await check.RunAsync(stopping);
        }
        catch (Exception fault) when (ServiceFaults.Describe(fault, stopping) is { } cause)
        {
            return [new CheckResult(CheckLevel.Fail, check.Name, cause, "see whether the names are right (--help lists them), and whether you may call it (Terraform's output operator_actions)")];
        }
    }

    private static ICheck[] Checks(CommandSession session)
    {
        var services = session.Services;
        return
        [
            new VersionCheck(),
            new ClockCheck(services.ClockAddress, session.Terminal.Time),
            new QueueCheck(services),
            new TableCheck(services),
            new BusCheck(services),
            new LakeCheck(services),
            .. Enum.GetValues<DeadLettersOf>().Select(of => new DeadLetterCheck(services, of)),
            new PauseCheck(services),
            // A local host has no account whose limits could be asked for, and one version of each function.
            .. services.Endpoint is null ? new ICheck[] { new ConcurrencyCheck(services.Lambda), new FunctionCheck(services) } : [],
        ];
    }
}
