namespace DataToEvents.Operator.Verification;

/// <summary>Finds events whose bytes are not those that were sent, or differ between places.</summary>
internal sealed class Alterations(EvidenceBase evidence, IReadOnlyList<FoundAt> hops)
{
    /// <summary>No copy of the event was sent with this payload. Copies may differ in volatile members.</summary>
    private const string OtherPayload = "(v.payload <> s.payload AND NOT EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.same = s.same AND o.payload = v.payload))";

    public void Find(LedgerVerdict verdict)
    {
        var changed = $"""
            SELECT {Naming.Columns}, v.hop, v.place, v.line, {OtherPayload}, v.attributes <> s.attributes
            FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop < 5 JOIN evidence v ON v.row = f.evidence
            WHERE {OtherPayload} OR v.attributes <> s.attributes OR (s.time IS NOT NULL AND v.time <> s.time)
            ORDER BY e.row, v.hop
            """;
        foreach (var row in evidence.Query(changed))
        {
            var what = row.GetBoolean(8) ? "its payload" : row.GetBoolean(9) ? "an attribute" : "its time";
            verdict.Add(Trouble.Altered, $"{Naming.Event(row)}: {what} is not what was sent, in {Naming.Of((FoundAt)row.GetInt32(5))}: {Naming.Place(row.GetString(6), row.GetInt64(7))}");
        }

        foreach (var hop in hops.Where(hop => hop != FoundAt.Store))
        {
            FindDifferent(verdict, hop);
        }

        FindTorn(verdict);
    }

    /// <summary>
    /// Finds values that the ledger cannot know (time of arrival, trace) and that differ between places: one copy at least must be as in the store. Only the lake's
    /// line may be of a later attempt than the stored event: with another trace if Firehose retried a batch, at another time if an operator sent the record in again.
    /// </summary>
    private void FindDifferent(LedgerVerdict verdict, FoundAt hop)
    {
        var sql = $"""
            SELECT {Naming.Columns}, v.place, v.line
            FROM effect e JOIN sent s ON s.row = e.row JOIN found t ON t.effect = e.row AND t.hop = 2 JOIN evidence i ON i.row = t.evidence
            JOIN evidence v ON v.idkey = i.idkey AND v.hop = $hop
            WHERE i.payload = s.payload AND i.attributes = s.attributes{(hop == FoundAt.Lake ? " AND NOT EXISTS (SELECT 1 FROM evidence r WHERE r.content = v.content AND r.hop = 6)" : "")}
            GROUP BY e.row HAVING max({(hop == FoundAt.Lake ? "v.arrival = i.arrival" : "v.whole = i.whole")}) = 0 AND max(v.payload <> s.payload OR v.attributes <> s.attributes) = 0
            """;
        foreach (var row in evidence.Query(sql, ("$hop", (int)hop)))
        {
            verdict.Add(Trouble.Altered, $"{Naming.Event(row)}: time of arrival, time or trace differ between the store and {Naming.Of(hop)}: {Naming.Place(row.GetString(5), row.GetInt64(6))}");
        }
    }

    /// <summary>Finds changed records without an id: they have another content, but still the id that they got in the lake or the store.</summary>
    private void FindTorn(LedgerVerdict verdict)
    {
        var sql = $"""
            SELECT {Naming.Columns}, v.hop, v.place, v.line
            FROM evidence v JOIN evidence w ON w.idkey = v.idkey AND w.row <> v.row AND w.hop < 5 JOIN found f ON f.evidence = w.row JOIN sent s ON s.row = f.effect
            WHERE v.hop < 5 AND NOT s.own AND v.payload <> s.payload AND NOT EXISTS (SELECT 1 FROM found g WHERE g.evidence = v.row)
            GROUP BY v.row
            """;
        foreach (var row in evidence.Query(sql))
        {
            verdict.Add(Trouble.Altered, $"{Naming.Event(row)}: its payload is not what was sent, in {Naming.Of((FoundAt)row.GetInt32(5))}: {Naming.Place(row.GetString(6), row.GetInt64(7))}");
        }
    }
}
