using DataToEvents.Recovery.Probes;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>probe</c>: asks an account what AWS's documents do not say.</summary>
internal static class ProbeCommand
{
    private static readonly Option<string> Queue = new("--audit-queue")
    {
        Description = "The queue that gets a copy of every event (Terraform: bus.audit; the local host: --audit)",
        DefaultValueFactory = static _ => Names.AuditQueue,
        HelpName = "NAME",
    };

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    private static readonly Option<TimeSpan?> Wait = Arguments.Duration(
        "--wait", "How long to wait for events that do not come; 60s without it", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), orSeconds: true);

    public static Command Create(Runner runner) => new("probe", "Asks an account what AWS's documents do not say. Nothing of it reaches the consumer.")
    {
        runner.Change(
            new Command("bus", "Publishes payloads that something on the way may change, and compares them with what a queue receives.") { Queue, Wait }, BusAsync, paced: false),
    };

    private static async Task<int> BusAsync(CommandSession session, ParseResult parsed)
    {
        var (names, queue) = (session.Services.Names, parsed.GetRequiredValue(Queue));
        if (session.Confirm($"Probe events of the source {BusProbe.Source} are published on {names.Bus} at {session.Services.Where}, and received from {queue}.") is { } exitCode)
        {
            return exitCode;
        }

        var probe = new BusProbe(session.Services.Bridge, session.Services.Sqs, names.Bus, session.Terminal.Time);
        var results = await probe.RunAsync(queue, parsed.GetValue(Wait) ?? DefaultWait, session.Stopping);
        var listing = new Listing("probes", "payload", "answer");
        foreach (var result in results)
        {
            listing.Add(result.Payload, result.Answer);
        }

        session.Printer.Show(listing, "");
        return results.All(static result => result.Arrived || result.Answer.StartsWith(ProbeResult.Refused, StringComparison.Ordinal)) ? ExitCode.Success : ExitCode.Incomplete;
    }
}
