using DataToEvents.Recovery.Checkup;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>doctor</c>: looks at everything that can be read, and says what is wrong and what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>What calls of these services do not show, with the commands that do.</summary>
    private const string NotLooked =
        "Not looked at: the policies of queues, buckets and keys. Which quotas a larger load needs says operator cost --rate N --region REGION --plan.";

    public static Command Create(Runner runner) => runner.Look(
        new Command("doctor", "Looks at everything that can be read, and says what is wrong and what to do. Exit code 1 if something fails; warnings, and what you may not look at, are 0."), RunAsync);

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

    /// <summary>A check that may not read what it needs says which permission that takes. One that cannot read it for another reason fails. The others go on.</summary>
    private static async Task<IReadOnlyList<CheckResult>> RunAsync(ICheck check, CancellationToken stopping)
    {
        try
        {
            return await check.RunAsync(stopping);
        }
        catch (AmazonServiceException fault) when (ServiceFaults.MissingPermission(fault) is { } permission)
        {
            return [new CheckResult(CheckLevel.Unknown, check.Name, $"not known: needs {permission}", "grant it: Terraform's output operator_actions has all that operator needs")];
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
            // A local host has no account whose limits could be asked for, no alarms, one version of each function, and functions without roles.
            .. services.Endpoint is null ? OnAws(services, session.Terminal.Time) : [],
        ];
    }

    private static IEnumerable<ICheck> OnAws(PathServices services, TimeProvider clock) =>
    [
        new ConcurrencyCheck(services.Lambda),
        .. Quota.Of(services, clock).Select(quota => new QuotaCheck(quota, services.CloudWatch, clock)),
        new AlarmCheck(services.CloudWatch, $"{services.Names.Table}-"),
        new FunctionCheck(services),
        new PermissionCheck(services),
    ];
}
