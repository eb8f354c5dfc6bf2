namespace DataToEvents.Operator.Verification;

/// <summary>Finds events that lie in another order within their stream than the order of acceptance.</summary>
/// <param name="evidence">Ledger and evidence.</param>
/// <param name="hops">The hops at which every event has to be found.</param>
/// <param name="lakeKeepsOrder">See <see cref="LedgerComparison"/>.</param>
internal sealed class Disorder(EvidenceBase evidence, IReadOnlyList<FoundAt> hops, bool lakeKeepsOrder)
{
    /// <summary>Several equal records without an id cannot be told apart, so their order cannot be checked.</summary>
    private const string Distinct = "(s.own OR (SELECT count(*) FROM effect g WHERE g.key = e.key) = 1)";

    public void Find(LedgerVerdict verdict)
    {
        foreach (var hop in hops.Where(hop => hop != FoundAt.Lake))
        {
            Compare(verdict, $"in {Naming.Of(hop)}", $"""
                SELECT {Naming.Columns}, '', v.seq FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop = {(int)hop} JOIN evidence v ON v.row = f.evidence
                WHERE e.uncertain = 0 AND v.seq IS NOT NULL AND {Distinct} GROUP BY e.row HAVING v.row = min(v.row) ORDER BY s.stream, s.position
                """);
        }

        if (lakeKeepsOrder && hops.Contains(FoundAt.Lake))
        {
            Compare(verdict, "in the lake", $"""
                SELECT {Naming.Columns}, v.place, printf('%020d', v.line) FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop = 1 JOIN evidence v ON v.row = f.evidence
                WHERE e.uncertain = 0 AND e.copies = 1 AND {Distinct} GROUP BY e.row HAVING count(*) = 1 ORDER BY v.place, s.stream, s.position
                """);
        }
    }

    /// <summary>Takes rows sorted by stream (and place) and position of acceptance. The order value of the place must never fall.</summary>
    private void Compare(LedgerVerdict verdict, string where, string sql)
    {
        var (stream, place, last, lastName) = ("", "", "", "");
        foreach (var row in evidence.Query(sql))
        {
            var isSame = row.GetString(0) == stream && row.GetString(5) == place;
            if (isSame && string.CompareOrdinal(row.GetString(6), last) < 0)
            {
                verdict.Add(Trouble.OutOfOrder, $"{Naming.Event(row)}: accepted after {lastName}, and before it {where}{(place.Length > 0 ? $" ({place})" : "")}");
            }

            if (!isSame || string.CompareOrdinal(row.GetString(6), last) >= 0)
            {
                (stream, place, last, lastName) = (row.GetString(0), row.GetString(5), row.GetString(6), Naming.Event(row));
            }
        }
    }
}
