using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>release</c>: which versions of the functions are live; makes the newest live step by step, and goes back.</summary>
internal static class ReleaseCommand
{
    private static readonly Option<string[]> Functions = new("--function") { Description = "Only this function; may be repeated", HelpName = "NAME" };

    private static readonly Option<long> Percent = Arguments.Whole("--percent", "Percent of the invocations that the newest version gets first", 1, 50).WithDefault(10);

    private static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(10);

    private static readonly Option<TimeSpan?> Duration = Arguments.Duration(
        "--duration", "How long it gets them, unless an alarm goes off; 10m without it, 0s: all at once", TimeSpan.Zero, TimeSpan.FromHours(4));

    private static readonly Option<long?> Minutes = Arguments.Whole("--minutes", "What --duration was called before, in minutes", 0, 240).Optional();

    private static readonly Option<string[]> Alarms = new("--alarm") { Description = "An alarm that counts beside all of the deployment's; may be repeated", HelpName = "NAME" };

    private static readonly Option<long?> To = Arguments.Whole("--to", "The version to go back to; without it the one before", 1, int.MaxValue).Optional();

    public static Command Create(Runner runner)
    {
        Minutes.Hidden = true;
        return new("release", "Which versions of the functions are live; makes the newest live by and by, and goes back (AWS only).")
        {
            runner.Look(new Command("status", "Shows which version of each function is live, and which is the newest.") { Functions }, StatusAsync),
            runner.Change(new Command("start", "Gives the newest versions a part of the invocations, and all of them if no alarm goes off. Ctrl-C goes back.") { Functions, Percent, Duration, Minutes, Alarms }, StartAsync, paced: false),
            runner.Change(new Command("back", "Makes the versions live again that were live before the last release.") { Functions, To }, BackAsync, paced: false),
        };
    }

    private static async Task<int> StatusAsync(CommandSession session, ParseResult parsed)
    {
        var listing = new Listing("functions", "function", "live", "published", "newest", "gets a part", "before");
        foreach (var function in await ReadAsync(session, parsed))
        {
            listing.Add(function.Function, function.Version, function.Published, function.Newest, function.Canary is { } canary ? $"{canary.Version}: {canary.Share.ToString("P0", CultureInfo.InvariantCulture)}" : null, function.Before);
        }

        session.Printer.Show(listing, "");
        return ExitCode.Success;
    }

    private static async Task<int> StartAsync(CommandSession session, ParseResult parsed)
    {
        var (percent, duration) = (parsed.GetValue(Percent), DurationOf(parsed));
        var functions = await ReadAsync(session, parsed);
        if (functions.FirstOrDefault(static function => function.Canary is not null) is { Canary: { } canary } begun)
        {
            throw new UserErrorException($"version {canary.Version} of {begun.Function} gets a part of the invocations already: a release is under way, or was left; allowed: `operator release back` first.");
        }

        var waiting = functions.Where(static function => !function.IsNewest).ToList();
        if (waiting.Count == 0)
        {
            session.Printer.Set("released", 0);
            session.Printer.Say("The newest version of each function is live.");
            return ExitCode.Success;
        }

        var alarms = new AlarmWatch(session.Services.CloudWatch, $"{session.Services.Names.Table}-", parsed.GetValue(Alarms) ?? []);
        if (await alarms.RingingAsync(session.Stopping) is { Count: > 0 } ringing)
        {
            throw new UserErrorException($"an alarm is on already ({string.Join(", ", ringing)}), so that nobody could tell whether the release is bad; allowed: once all alarms are off.");
        }

        var how = duration == TimeSpan.Zero ? "They get all invocations at once." : $"They get {percent} % of the invocations for {Cells.Text(duration)}, and then all, unless an alarm of {session.Services.Names.Table} goes off.";
        if (session.Confirm([.. waiting.Select(static function => $"{function.Function}: version {function.Newest} becomes live in the place of {function.Version}."), how]) is { } exitCode)
        {
            return exitCode;
        }

        var canaryRun = new Canary(new Aliases(session.Services.Lambda), alarms, session.Terminal.Time);
        var rung = await canaryRun.RunAsync(waiting, percent / 100.0, duration, session.Stopping);
        session.Printer.Set("released", rung.Count == 0 ? waiting.Count : 0);
        session.Printer.Set("alarms", string.Join(", ", rung));
        if (rung.Count > 0)
        {
            session.Terminal.Complain($"{string.Join(", ", rung)} went off: the versions that were live get all invocations again. docs/aws.md says what the alarm means.");
            return ExitCode.Incomplete;
        }

        session.Printer.Say($"{Units.Count(waiting.Count, "function")} released. `operator release back` goes back.");
        return ExitCode.Success;
    }

    private static TimeSpan DurationOf(ParseResult parsed) => (parsed.GetValue(Duration), parsed.GetValue(Minutes)) switch
    {
        ({ }, { }) => throw new UserErrorException("--duration and --minutes are two ways to say the same; allowed: one of them."),
        (null, { } minutes) => TimeSpan.FromMinutes(minutes),
        var (duration, _) => duration ?? DefaultDuration,
    };

    private static async Task<int> BackAsync(CommandSession session, ParseResult parsed)
    {
        var plan = RollBack.Of(await ReadAsync(session, parsed), parsed.GetValue(To)?.ToString(CultureInfo.InvariantCulture), isChosen: parsed.GetValue(Functions) is { Length: > 0 });
        if (plan.Count == 0)
        {
            session.Printer.Set("back", 0);
            session.Printer.Say("There is no earlier version to go back to.");
            return ExitCode.Success;
        }

        if (session.Confirm([.. plan.Select(static step => step.ToString())]) is { } exitCode)
        {
            return exitCode;
        }

        var aliases = new Aliases(session.Services.Lambda);
        foreach (var step in plan)
        {
            await step.TakeAsync(aliases, session.Stopping);
        }

        session.Printer.Set("back", plan.Count);
        session.Printer.Say($"{Units.Count(plan.Count, "function")} went back. The next `terraform apply` makes the newest versions live again, unless it has release = {{ hold = true }} or the packages from before.");
        return ExitCode.Success;
    }

    private static async Task<List<LiveVersion>> ReadAsync(CommandSession session, ParseResult parsed)
    {
        if (session.Services.IsDataDirectory)
        {
            throw new UserErrorException("a local host has one version of each function: start it with the one that you want. Allowed: what Terraform deployed (--region, --table).");
        }

        var names = parsed.GetValue(Functions) is { Length: > 0 } chosen ? chosen : session.Services.Names.Functions;
        var aliases = new Aliases(session.Services.Lambda);
        var functions = new List<LiveVersion>();
        foreach (var name in names)
        {
            functions.Add(await aliases.ReadAsync(name, session.Stopping));
        }

        return functions;
    }
}
