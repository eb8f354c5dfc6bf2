namespace DataToEvents.Operator.Verification;

/// <summary>Compares the evidence with the ledger.</summary>
/// <param name="evidence">All evidence that was found.</param>
/// <param name="hops">The hops at which every event has to be found.</param>
/// <param name="lakeKeepsOrder">Whether the lake's objects hold a stream's lines in order; Firehose does not promise it.</param>
/// <param name="since">Since when evidence of records without an id counts as this run's, epoch milliseconds.</param>
internal sealed class LedgerComparison(EvidenceBase evidence, IReadOnlyList<FoundAt> hops, bool lakeKeepsOrder, long since)
{
    public LedgerVerdict Decide(int named)
    {
        var verdict = new LedgerVerdict(named);
        Count(verdict);
        new Omissions(evidence, hops, since).Find(verdict);
        new Alterations(evidence, hops).Find(verdict);
        new Doublings(evidence, since).Find(verdict);
        new Disorder(evidence, hops, lakeKeepsOrder).Find(verdict);
        verdict.Latencies = new Latencies(evidence).Measure();
        return verdict;
    }

    private void Count(LedgerVerdict verdict)
    {
        verdict.Records = evidence.Count("SELECT count(DISTINCT record) FROM sent WHERE accepted");
        verdict.Events = evidence.Count("SELECT count(*) FROM sent WHERE accepted");
        verdict.Refused = evidence.Count("SELECT count(DISTINCT record) FROM sent WHERE NOT accepted");
        verdict.Effects = evidence.Count("SELECT count(*) FROM effect");
        verdict.Duplicates = evidence.Count("SELECT coalesce(sum(copies - 1), 0) FROM effect");
        foreach (var hop in hops)
        {
            verdict.Found[hop] = evidence.Count("SELECT count(DISTINCT effect) FROM found WHERE hop = $hop", ("$hop", (int)hop));
        }

        foreach (var row in evidence.Query("SELECT poison, count(DISTINCT record), accepted FROM sent WHERE poison IS NOT NULL GROUP BY poison, accepted"))
        {
            verdict.Poison[$"{row.GetString(0)}, {(row.GetBoolean(2) ? "accepted" : "refused by the target")}"] = row.GetInt64(1);
        }
    }
}
