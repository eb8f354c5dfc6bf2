using DataToEvents.Recovery.Failed;
using DataToEvents.Recovery.Status;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>status</c>: what waits at each hop, what was set aside, and the hottest streams.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Watch = new("--watch") { Description = "Show it again and again, until Ctrl-C" };
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    private static readonly Option<TimeSpan?> Interval = Arguments.Duration(
        "--interval", "The time between two looks; 2s without it", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), orSeconds: true);

    public static Command Create(Runner runner) => runner.Look(
        new Command("status", "Shows what waits at each hop, what was set aside, and the hottest streams.") { Watch, Interval }, RunAsync);

    private static async Task<int> RunAsync(CommandSession session, ParseResult parsed)
    {
        if (!parsed.GetValue(Watch))
        {
            return await ShowAsync(session);
        }

        using var timer = new PeriodicTimer(parsed.GetValue(Interval) ?? DefaultInterval, session.Terminal.Time);
        var exitCode = ExitCode.Success;
        try
        {
            for (var isFirst = true; isFirst || await timer.WaitForNextTickAsync(session.Stopping); isFirst = false)
            {
                Separate(session, isFirst);
                exitCode = await ShowAsync(session);
                session.Printer.Flush();
            }
        }
        catch (OperationCanceledException) when (session.Stopping.IsCancellationRequested)
        {
            // Ctrl-C ends the watching.
        }

        return exitCode;
    }

    /// <summary>Separates one status from the one before.</summary>
    private static void Separate(CommandSession session, bool isFirst)
    {
        if (session.Terminal.IsInteractive)
        {
            session.Terminal.Screen.Clear(home: true);
        }
        else if (!isFirst)
        {
            session.Printer.Say("");
        }
    }

    /// <summary>The local host's numbers, as on its page and in its summary.</summary>
    private static void ShowNumbers(Printer printer, HostNumbers? host, Listing places)
    {
        if (host?.SinceStart.Any() != true)
        {
            return;
        }

        var numbers = new Listing("numbers", "number", "unit", "since the start", "ever", "note");
        foreach (var (name, unit, count, ever) in host.SinceStart)
        {
            numbers.Add(name, unit, count, ever, null);
        }

        numbers.Add("errors", "failures", host.Errors.SinceStart, null, $"{Cells.Text(host.Errors.LastMinute)} in the last minute");
        numbers.Add("set aside", "objects and messages", null, places.Rows.Sum(static place => (long)place[1]!), "lie there now; what was brought back does not count");
        printer.Say("");
        printer.Show(numbers, "");
    }

    /// <summary>Shows the paused hops. If no hop is paused, there is no table.</summary>
    private static void ShowPaused(Printer printer, Listing paused)
    {
        if (paused.Rows.Count == 0)
        {
            printer.Set(paused.Name, paused.ToJson());
            return;
        }

        printer.Say("");
        printer.Show(paused, "");
    }

    private static async Task<int> ShowAsync(CommandSession session)
    {
        var now = session.Terminal.Time.GetUtcNow();
        var host = await HostNumbers.ReadAsync(session.Services.Endpoint, session.Stopping);
        var ages = session.Services.Endpoint is null ? await CloudWatchAges.ReadAsync(session.Services.CloudWatch, session.Services.Names, now, session.Stopping) : null;
        var status = new PathStatus(session.Services, host, ages, now, session.Stopping);
        var (hops, places) = (await status.HopsAsync(), await status.SetAsideAsync());
        var paused = await new PausedHops(session.Services).FindAsync(session.Stopping);
        var notUnderstood = new NotUnderstood(host).Count();
        var hottest = await new HotStreams(new Lake(session.Services.Bucket)).HottestAsync(now, session.Stopping);
        session.Printer.Set("where", session.Services.Where);
        session.Printer.Set("at", now);
        session.Printer.Say($"{session.Services.Where}, {Cells.Text(now)}");
        session.Printer.Say("");
        session.Printer.Show(hops, "");
        ShowPaused(session.Printer, paused);
        ShowNumbers(session.Printer, host, places);
        session.Printer.Say("");
        session.Printer.Show(places, "");
        session.Printer.Say("");
        session.Printer.Show(notUnderstood, "");
        session.Printer.Say("");
        session.Printer.Show(hottest, "The lake has no events of the last hour.");
        return ExitCode.Success;
    }
}
