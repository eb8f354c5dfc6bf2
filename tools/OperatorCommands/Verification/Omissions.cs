using Microsoft.Data.Sqlite;

namespace DataToEvents.Operator.Verification;

/// <summary>
/// Finds the events that are missing at a hop. Such an event is set aside if it lies in one of the places for that, merged if the lake proves it, else lost.
/// </summary>
internal sealed class Omissions(EvidenceBase evidence, IReadOnlyList<FoundAt> hops, long since)
{
    private const string IsConflict = "s.own AND EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.accepted AND o.row < s.row AND o.source IS s.source AND (o.same <> s.same OR o.kind IS NOT s.kind))";

    private readonly Dictionary<long, long> _merges = [];

    public void Find(LedgerVerdict verdict)
    {
        FindMerges();
        var wanted = string.Join(", ", hops.Select(hop => ((int)hop).ToString(CultureInfo.InvariantCulture)));
        var sql = $"""
            SELECT {Naming.Columns}, s.poison, x.hops, (SELECT v.place FROM found f JOIN evidence v ON v.row = f.evidence WHERE f.effect = e.row AND f.hop = 5 LIMIT 1),
              {IsConflict}, CASE WHEN s.own THEN NULL ELSE e.key END
            FROM effect e JOIN sent s ON s.row = e.row
            LEFT JOIN (SELECT effect, group_concat(DISTINCT hop) AS hops, count(DISTINCT hop) AS n FROM found WHERE hop IN ({wanted}) GROUP BY effect) x ON x.effect = e.row
            WHERE coalesce(x.n, 0) < {hops.Count}
            ORDER BY e.row
            """;
        foreach (var row in evidence.Query(sql))
        {
            Judge(verdict, row);
        }
    }

    private void Judge(LedgerVerdict verdict, SqliteDataReader row)
    {
        var seen = row.IsDBNull(6) ? [] : row.GetString(6).Split(',').Select(int.Parse).ToArray();
        var missing = hops.Where(hop => !seen.Contains((int)hop)).ToArray();
        if (!row.IsDBNull(7))
        {
            SetAside(verdict, row, row.GetString(7));
        }
        else if (!IsMerged(verdict, row, missing))
        {
            var where = row.GetBoolean(8) && missing.Contains(FoundAt.Store) ? "quarantine, where a second event of an id belongs" : string.Join(", not in ", missing.Select(Naming.Of));
            verdict.Add(Trouble.Lost, $"{Naming.Event(row)}: not in {where}");
        }
    }

    private static void SetAside(LedgerVerdict verdict, SqliteDataReader row, string place)
    {
        if (row.IsDBNull(5))
        {
            verdict.Add(Trouble.SetAside, $"{Naming.Event(row)}: in {place}");
            return;
        }

        var kind = place.Split(' ')[0];
        verdict.PoisonSetAside[kind] = verdict.PoisonSetAside.GetValueOrDefault(kind) + 1;
    }

    /// <summary>Whether the record became one event with another record of the same bytes. Each merge explains one record.</summary>
    private bool IsMerged(LedgerVerdict verdict, SqliteDataReader row, FoundAt[] missing)
    {
        if (row.IsDBNull(9) || missing.Contains(FoundAt.Lake) || !missing.Contains(FoundAt.Store) || _merges.GetValueOrDefault(row.GetInt64(9)) == 0)
        {
            return false;
        }

        _merges[row.GetInt64(9)]--;
        verdict.AddMerged($"{Naming.Event(row)}: one event with another record of the same bytes that arrived in the same millisecond");
        return true;
    }

    /// <summary>
    /// Counts the merges by content. The lake proves them: lines under one id with different traces come from different invocations of the Transformer, which
    /// got both records and gave both the same id, by the rule for ids. Two copies of one line, which Firehose may deliver, are equal in all.
    /// </summary>
    private void FindMerges()
    {
        const string sql = """
            SELECT content, sum(n - 1) FROM (
              SELECT v.content AS content, count(DISTINCT v.whole) AS n FROM evidence v
              WHERE v.hop = 1 AND v.accepted >= $since AND v.content IN (SELECT key FROM effect WHERE k > 1)
                AND EXISTS (SELECT 1 FROM evidence i WHERE i.idkey = v.idkey AND i.hop = 2 AND i.content = v.content)
              GROUP BY v.content, v.idkey HAVING n > 1)
            GROUP BY content
            """;
        foreach (var row in evidence.Query(sql, ("$since", since)))
        {
            _merges[row.GetInt64(0)] = row.GetInt64(1);
        }
    }
}
