namespace DataToEvents.Operator.Verification;

/// <summary>Finds more effects than were accepted.</summary>
/// <param name="evidence">Ledger and evidence.</param>
/// <param name="since">Since when evidence of records without an id counts as this run's.</param>
internal sealed class Doublings(EvidenceBase evidence, long since)
{
    public void Find(LedgerVerdict verdict)
    {
        var sql = $"""
            SELECT {Naming.Columns}, v.hop, count(*) - max(w.most) FROM evidence v
            JOIN (SELECT key, count(*) + sum(uncertain) AS most, min(row) AS row FROM effect GROUP BY key) w ON w.key = v.content
            JOIN sent s ON s.row = w.row AND NOT s.own
            WHERE v.hop IN (2, 4) AND v.accepted >= $since GROUP BY v.content, v.hop HAVING count(*) > max(w.most)
            """;
        foreach (var row in evidence.Query(sql, ("$since", since)))
        {
            verdict.Add(Trouble.Doubled, $"{Naming.Event(row)}: {row.GetInt64(6)} more than were accepted, in {Naming.Of((FoundAt)row.GetInt32(5))}");
        }

        foreach (var row in evidence.Query("SELECT stream, events, items FROM counted WHERE events <> items"))
        {
            var trouble = row.GetInt64(1) > row.GetInt64(2) ? Trouble.Doubled : Trouble.Lost;
            verdict.Add(trouble, $"stream {row.GetString(0)}: the view counts {Units.Count(row.GetInt64(1), "event")} and has {row.GetInt64(2).ToString("N0", CultureInfo.InvariantCulture)}");
        }

        verdict.ExtraLakeLines = Math.Max(0, evidence.Count("SELECT count(DISTINCT evidence) FROM found WHERE hop = 1") - evidence.Count(
            "SELECT coalesce(sum(copies), 0) FROM effect e WHERE EXISTS (SELECT 1 FROM found f WHERE f.effect = e.row AND f.hop = 1)"));
    }
}
