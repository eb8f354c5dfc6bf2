using DataToEvents.Recovery.Pausing;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>pause</c> and <c>resume</c>: stops a hop, and lets it go on. What comes meanwhile waits before it.</summary>
internal static class PauseCommand
{
    private static readonly Dictionary<string, PausableHop> Hops = Enum.GetValues<PausableHop>().ToDictionary(static hop => hop.ToString().ToLowerInvariant());

    private static readonly Argument<string> Hop = new("hop") { Description = "storer, emitter, consumer or api; the transformer cannot be paused" };

    private static readonly Option<long?> Reserved = new("--reserved") { Description = "Invocations at once that were reserved for the function before (consumer, api)", HelpName = "N" };

    static PauseCommand()
    {
        Hop.AcceptOnlyFromAmong([.. Hops.Keys]);
        Reserved.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<long?>() is < 1 or > 100_000)
            {
                result.AddError("--reserved is a whole number; allowed: 1 to 100000.");
            }
        });
    }

    public static IEnumerable<Command> Create(Runner runner) =>
    [
        runner.Change(new Command("pause", "Stops a hop: what comes waits before it.") { Hop }, PauseAsync, paced: false),
        runner.Change(new Command("resume", "Lets a hop that was paused go on.") { Hop, Reserved }, ResumeAsync, paced: false),
    ];

    private static async Task<int> PauseAsync(CommandSession session, ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Hop);
        var hop = await new HopSwitches(session.Services).FindAsync(Hops[name], session.Stopping);
        if (await hop.IsPausedAsync(session.Stopping))
        {
            return Done(session, name, isPaused: true, $"The {name} is paused already.");
        }

        if (session.Confirm($"The {name} at {session.Services.Where} is paused: {hop.What}.", hop.Meanwhile) is { } exitCode)
        {
            return exitCode;
        }

        if (await hop.PauseAsync(session.Stopping) is { } remark)
        {
            session.Printer.Set("remark", remark);
            session.Printer.Say(remark);
        }

        return Done(session, name, isPaused: true, $"The {name} is paused. `operator resume {name}` lets it go on; so does `terraform apply`.");
    }

    private static async Task<int> ResumeAsync(CommandSession session, ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Hop);
        var hop = await new HopSwitches(session.Services).FindAsync(Hops[name], session.Stopping);
        if (!await hop.IsPausedAsync(session.Stopping))
        {
            return Done(session, name, isPaused: false, $"The {name} is not paused.");
        }

        if (session.Confirm($"The {name} at {session.Services.Where} goes on: {hop.What.Split(',')[0]}.") is { } exitCode)
        {
            return exitCode;
        }

        await hop.ResumeAsync((int?)parsed.GetValue(Reserved), session.Stopping);
        return Done(session, name, isPaused: false, $"The {name} goes on.");
    }

    private static int Done(CommandSession session, string name, bool isPaused, string text)
    {
        session.Printer.Set("hop", name);
        session.Printer.Set("paused", isPaused);
        session.Printer.Say(text);
        return ExitCode.Success;
    }
}
