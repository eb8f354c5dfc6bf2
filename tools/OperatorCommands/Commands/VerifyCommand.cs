using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Domain.Catalog;
using DataToEvents.Operator.Verification;
using DataToEvents.Recovery.Commands;

namespace DataToEvents.Operator.Commands;

/// <summary><c>verify</c>: compares lake, store and consumer with the ledger of a run.</summary>
internal static class VerifyCommand
{
    private const string Further = "'_', '.' or '-'";

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);
    private static readonly Option<string?> Ledger = Arguments.File("--ledger", "What `generator send --ledger` wrote");
    private static readonly Option<string> Audit = Arguments.Name("--audit-queue", "Copies of all events on the bus, if there is such a queue", 80, Further).WithDefault(Names.AuditQueue);
    private static readonly Option<long> Shards = Arguments.Whole("--view-shards", "Shards of the consumer's table", 1, 1_000).WithDefault(StreamViewOptions.DefaultShards);
    private static readonly Option<long> Named = Arguments.Whole("--named", "How many findings of a kind are named", 0, int.MaxValue).WithDefault(20);
    private static readonly Option<TimeSpan?> Wait = Arguments.Duration(
        "--wait", "How long to look again while no missing event arrives, as the path may be at work; 60s without it", TimeSpan.Zero, orSeconds: true);
    private static readonly Option<EventCatalog?> Catalog = CatalogArgument.Create();

    public static Command Create(Runner runner)
    {
        Ledger.Required = true;
        return runner.Look(
            new Command("verify", "Compares lake, store and consumer with a ledger: what was lost, doubled, out of order, altered, set aside.") { Ledger, Audit, Shards, Named, Wait, Catalog },
            RunAsync);
    }

    private static async Task<int> RunAsync(CommandSession session, ParseResult parsed)
    {
        var (services, names) = (session.Services, session.Services.Names);
        var world = new AwsWorld(services.S3, services.Dynamo, services.Sqs, new WorldNames(
            names.Bucket, names.Table, names.View, names.DeadLetters, names.RuleDeadLetters, parsed.GetRequiredValue(Audit)));
        var verifier = new Verifier(
            world, CatalogArgument.OrShipped(parsed.GetValue(Catalog)),
            new VerifyOptions((int)parsed.GetValue(Shards), (int)parsed.GetValue(Named), LakeKeepsOrder: services.IsDataDirectory));
        try
        {
            var verdict = await VerifyAsync(session, verifier, parsed.GetValue(Ledger)!, parsed.GetValue(Wait) ?? DefaultWait);
            if (session.Printer.IsJson)
            {
                VerdictJson.Write(session.Printer, verdict);
            }
            else
            {
                VerdictView.Write(session.Terminal.Screen, verdict);
            }

            return verdict.IsClean ? ExitCode.Success : ExitCode.Incomplete;
        }
        catch (LedgerException fault)
        {
            throw new UserErrorException(fault.Message);
        }
    }

    private static Task<LedgerVerdict> VerifyAsync(CommandSession session, Verifier verifier, string file, TimeSpan wait)
    {
        return new Patience(wait, session.Terminal.Time).LookAsync(LookAsync, verdict => verdict.Count(Trouble.Lost), SayMissing, session.Stopping);

        async Task<LedgerVerdict> LookAsync()
        {
            using var ledger = File.OpenRead(file);
            return await verifier.VerifyAsync(new LedgerReader(ledger, file), step => Say($"reading: {step}"), session.Stopping);
        }

        void SayMissing(LedgerVerdict verdict) => Say($"{Units.Count(verdict.Count(Trouble.Lost), "event is", "events are")} not there yet; looking again");

        void Say(string what)
        {
            if (!session.Printer.IsJson)
            {
                session.Terminal.Screen.WriteLine(what);
            }
        }
    }
}
