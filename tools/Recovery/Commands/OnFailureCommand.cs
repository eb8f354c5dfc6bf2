using DataToEvents.Recovery.OnFailure;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>on-failure</c>: changes of the store that the emitter did not publish.</summary>
internal static class OnFailureCommand
{
    private static readonly string[] Places = [Prefixes.OnFailure, Prefixes.OnFailureByLambda];
    private static readonly Argument<string[]> Objects = Chosen.Argument();
    private static readonly TimeSpan DefaultLag = TimeSpan.FromMinutes(15);
    private static readonly Option<TimeSpan?> Lag = Arguments.Duration(
        "--lag", "From the table: how long an event may have taken from its acceptance into the store; 15m without it", TimeSpan.Zero, TimeSpan.FromDays(14), orSeconds: true);

    public static Command Create(Runner runner) => new("on-failure", "Stored events that could not be published: look at them and publish them.")
    {
        runner.Look(new Command("list", "Lists the batches that the emitter was given up on."), ListAsync),
        runner.Change(
            new Command("recover", "Publishes them: from the object itself, else from the table's stream, else from the table.") { Objects, Lag }, RecoverAsync, paced: false),
    };

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var listing = new Listing("batches", "object", "records", "first arrival", "last arrival", "why", "has payload", "key");
        foreach (var item in await session.Services.Bucket.ChooseAsync([], Places))
        {
            try
            {
                var batch = GivenUpBatch.Read(await session.Services.Bucket.GetAsync(item.Key, session.Stopping), item.Key);
                listing.Add(item.Handle, batch.Size, batch.FirstArrival, batch.LastArrival, batch.Condition, batch.Payload is not null, item.Key);
            }
            catch (FormatException fault)
            {
                session.Terminal.Complain(fault.Message);
            }
        }

        session.Printer.Show(listing, "The emitter was never given up on.");
        return ExitCode.Success;
    }

    private static async Task<int> RecoverAsync(CommandSession session, ParseResult parsed)
    {
        var services = session.Services;
        var objects = await Chosen.ReadAsync(session, parsed, Objects, Places);
        if (objects.Count == 0)
        {
            return Chosen.Nothing(session, "published", Places);
        }

        var bus = await services.BusAsync(session.Stopping);
        if (session.Confirm(
            $"The changes in {Chosen.Count(objects)} are published on {services.Names.Bus} at {services.Where}, each stream in its order, under the events' own ids.",
            $"Each object is moved to {Prefixes.Recovered} when all of its changes are published.") is { } exitCode)
        {
            return exitCode;
        }

        var table = new TableChanges(services.Table, parsed.GetValue(Lag) ?? DefaultLag);
        var recovery = new BatchRecovery(services.Bucket, new StreamChanges(services.Streams), table, bus.Emitter());
        return await session.WorkAsync("event", "published", tally => EachAsync(session, objects, recovery, tally));
    }

    private static async Task EachAsync(CommandSession session, List<StoredObject> objects, BatchRecovery recovery, Tally tally)
    {
        foreach (var item in objects)
        {
            try
            {
                session.Printer.Say($"{item.Handle}: from the {await recovery.RunAsync(item, tally, session.Stopping)}");
            }
            catch (FormatException fault)
            {
                tally.Fail(fault.Message);
            }
        }
    }
}
