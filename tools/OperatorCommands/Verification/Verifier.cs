using DataToEvents.Domain.Catalog;

namespace DataToEvents.Operator.Verification;

/// <param name="ViewShards">The number of shards of the consumer's feeds. The feeds say when events were delivered.</param>
/// <param name="Named">The number of findings of a kind that are named.</param>
/// <param name="LakeKeepsOrder">See <see cref="LedgerComparison"/>.</param>
internal sealed record VerifyOptions(int ViewShards, int Named, bool LakeKeepsOrder);

/// <summary>Gathers all evidence of a run and compares it with the ledger.</summary>
internal sealed class Verifier(IWorld world, EventCatalog catalog, VerifyOptions options)
{
    /// <summary>How much the clocks of sender and target may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <exception cref="LedgerException">The ledger is none.</exception>
    public async Task<LedgerVerdict> VerifyAsync(LedgerReader ledger, Action<string> step, CancellationToken cancellationToken)
    {
        using var evidence = new EvidenceBase();
        step("ledger");
        foreach (var entry in ledger.Entries())
        {
            evidence.Add(entry);
        }

        evidence.Run(EvidenceSchema.Effects);
        var unreadable = new List<string>();
        var isQueue = ledger.Head.Target == "sqs";
        var (hops, queues) = await GatherAsync(evidence, unreadable, ledger.Head.Started, isQueue, step, cancellationToken);

        step("comparison");
        var since = (ledger.Head.Started - Skew).ToUnixTimeMilliseconds();
        evidence.Run(EvidenceSchema.Matches, ("$since", since));
        var verdict = new LedgerComparison(evidence, hops, options.LakeKeepsOrder, since).Decide(options.Named);
        verdict.Unreadable = unreadable;
        (verdict.HiddenDeadLetters, verdict.HiddenCopies) = (queues.HiddenDeadLetters, queues.HiddenCopies);
        verdict.LedgerBreaksOff = ledger.End is null;
        return verdict;
    }

    /// <returns>The hops at which every event has to be found, and the parts of queues that could not be seen.</returns>
    private async Task<(List<FoundAt> Hops, QueueReadings Queues)> GatherAsync(
        EvidenceBase evidence, List<string> unreadable, DateTimeOffset started, bool isQueue, Action<string> step, CancellationToken cancellationToken)
    {
        var objects = new ObjectReadings(world, new EnvelopeReading(world), new Expectations(catalog, isQueue), evidence, unreadable);
        using var tables = new TableReadings(world, objects, evidence);
        var queues = new QueueReadings(world, objects, unreadable);
        List<FoundAt> hops = [FoundAt.Store];
        if (!isQueue)
        {
            step("lake");
            await objects.ReadLakeAsync(cancellationToken);
            hops.Insert(0, FoundAt.Lake);
        }

        step("store");
        await tables.ReadStoreAsync(Streams(evidence), cancellationToken);
        if (await world.HasAsync(WorldQueue.Audit, cancellationToken))
        {
            step("audit queue");
            await queues.ReadAuditAsync(cancellationToken);
            // A queue that does not show all its messages cannot prove that a copy is missing.
            hops.AddRange(queues.HiddenCopies == 0 ? [FoundAt.Bus] : []);
        }

        step("consumer's view");
        if (await world.HasAsync(WorldTable.View, cancellationToken))
        {
            await tables.ReadViewAsync(Streams(evidence), cancellationToken);
            await tables.ReadFeedAsync(options.ViewShards, started - Skew, cancellationToken);
            hops.Add(FoundAt.View);
        }

        step("what was set aside");
        await objects.ReadProcessingFailedAsync(cancellationToken);
        await objects.ReadOnFailureAsync(cancellationToken);
        await objects.ReadQuarantineAsync(cancellationToken);
        await queues.ReadDeadLettersAsync(cancellationToken);
        await queues.ReadRuleDeadLettersAsync(cancellationToken);
        return (hops, queues);
    }

    /// <summary>The streams of the ledger. Read into memory, because the evidence is written while they are used.</summary>
    private static List<string> Streams(EvidenceBase evidence) =>
        [.. evidence.Query("SELECT DISTINCT stream FROM sent WHERE accepted AND event >= 0").Select(row => row.GetString(0))];
}
