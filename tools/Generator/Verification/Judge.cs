using System.Globalization;
using DataToEvents.Generator.Ledger;
using DataToEvents.Local.Reporting;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Generator.Verification;

/// <summary>Holds the evidence against the ledger.</summary>
/// <param name="evidence">Both, complete.</param>
/// <param name="hops">Where every event has to be found.</param>
/// <param name="lakeKeepsOrder">Whether the lake's objects hold a stream's lines in order; Firehose does not promise it.</param>
internal sealed class Judge(EvidenceBase evidence, IReadOnlyList<Hop> hops, bool lakeKeepsOrder)
{
    private const string NamedEvent = "s.stream, coalesce(s.id, ''), s.record, s.event, s.position";

    /// <summary>Which of several equal records without an id is which cannot be seen, so neither can their order.</summary>
    private const string Distinct = "(s.own OR (SELECT count(*) FROM effect g WHERE g.key = e.key) = 1)";

    public Verdict Decide(int named)
    {
        var verdict = new Verdict(named);
        Count(verdict);
        FindMissing(verdict);
        FindAltered(verdict);
        FindDoubled(verdict);
        FindDisorder(verdict);
        Measure(verdict);
        return verdict;
    }

    private void Count(Verdict verdict)
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

    /// <summary>What is missing at a hop is set aside, if it lies in one of the places for that, or lost.</summary>
    private void FindMissing(Verdict verdict)
    {
        var wanted = string.Join(", ", hops.Select(hop => ((int)hop).ToString(CultureInfo.InvariantCulture)));
        var sql = $"""
            SELECT {NamedEvent}, s.poison, x.hops, (SELECT v.place FROM found f JOIN evidence v ON v.row = f.evidence WHERE f.effect = e.row AND f.hop = 5 ORDER BY v.payload = s.payload DESC LIMIT 1),
              s.own AND EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.accepted AND o.row < s.row AND o.payload <> s.payload)
            FROM effect e JOIN sent s ON s.row = e.row
            LEFT JOIN (SELECT effect, group_concat(DISTINCT hop) AS hops, count(DISTINCT hop) AS n FROM found WHERE hop IN ({wanted}) GROUP BY effect) x ON x.effect = e.row
            WHERE coalesce(x.n, 0) < {hops.Count} OR s.own AND EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.accepted AND o.row < s.row AND o.payload <> s.payload)
            ORDER BY e.row
            """;
        foreach (var row in evidence.Query(sql))
        {
            var seen = row.IsDBNull(6) ? [] : row.GetString(6).Split(',').Select(int.Parse).ToArray();
            var missing = hops.Where(hop => !seen.Contains((int)hop)).ToArray();
            var place = row.IsDBNull(7) ? null : row.GetString(7);
            var isConflict = row.GetBoolean(8);
            if (place is null && (missing.Length > 0 || isConflict))
            {
                verdict.Add(Trouble.Lost, $"{Name(row)}: not in {(isConflict ? "quarantine, where a second content of an id belongs" : string.Join(", not in ", missing.Select(Name)))}");
            }
            else if (place is not null && !row.IsDBNull(5))
            {
                var kind = place.Split(' ')[0];
                verdict.PoisonSetAside[kind] = verdict.PoisonSetAside.GetValueOrDefault(kind) + 1;
            }
            else if (place is not null)
            {
                verdict.Add(Trouble.SetAside, $"{Name(row)}: in {place}");
            }
        }
    }

    private void FindAltered(Verdict verdict)
    {
        // A copy of an event with a second content under its id is that other effect's copy.
        var changed = $"""
            SELECT {NamedEvent}, v.hop, v.place, v.line, v.payload <> s.payload, v.attributes <> s.attributes
            FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop < 5 JOIN evidence v ON v.row = f.evidence
            WHERE (v.payload <> s.payload OR v.attributes <> s.attributes OR (s.time IS NOT NULL AND v.time <> s.time))
              AND NOT (s.own AND EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.accepted AND o.payload = v.payload AND o.payload <> s.payload))
            ORDER BY e.row, v.hop
            """;
        foreach (var row in evidence.Query(changed))
        {
            var what = row.GetBoolean(8) ? "its payload" : row.GetBoolean(9) ? "an attribute" : "its time";
            verdict.Add(Trouble.Altered, $"{Name(row)}: {what} is not what was sent, in {Name((Hop)row.GetInt32(5))}: {row.GetString(6)}{Line(row.GetInt64(7))}");
        }

        foreach (var hop in hops.Where(hop => hop != Hop.Store))
        {
            FindDifferent(verdict, hop);
        }

        FindTorn(verdict);
    }

    /// <summary>What the ledger cannot know (time of arrival, trace) has to be the same wherever the event is: one copy at least as in the store.</summary>
    private void FindDifferent(Verdict verdict, Hop hop)
    {
        var sql = $"""
            SELECT {NamedEvent}, v.place, v.line
            FROM effect e JOIN sent s ON s.row = e.row JOIN found t ON t.effect = e.row AND t.hop = 2 JOIN evidence i ON i.row = t.evidence
            JOIN evidence v ON v.idkey = i.idkey AND v.hop = $hop
            WHERE i.payload = s.payload AND i.attributes = s.attributes
            GROUP BY e.row HAVING max(v.whole = i.whole) = 0 AND max(v.payload <> s.payload OR v.attributes <> s.attributes) = 0
            """;
        foreach (var row in evidence.Query(sql, ("$hop", (int)hop)))
        {
            verdict.Add(Trouble.Altered, $"{Name(row)}: time of arrival, time or trace differ between the store and {Name(hop)}: {row.GetString(5)}{Line(row.GetInt64(6))}");
        }
    }

    /// <summary>A record without an id that was changed has another content, but still the id that it got in the lake or the store.</summary>
    private void FindTorn(Verdict verdict)
    {
        var sql = $"""
            SELECT {NamedEvent}, v.hop, v.place, v.line
            FROM evidence v JOIN evidence w ON w.idkey = v.idkey AND w.row <> v.row AND w.hop < 5 JOIN found f ON f.evidence = w.row JOIN sent s ON s.row = f.effect
            WHERE v.hop < 5 AND NOT s.own AND v.payload <> s.payload AND NOT EXISTS (SELECT 1 FROM found g WHERE g.evidence = v.row)
            GROUP BY v.row
            """;
        foreach (var row in evidence.Query(sql))
        {
            verdict.Add(Trouble.Altered, $"{Name(row)}: its payload is not what was sent, in {Name((Hop)row.GetInt32(5))}: {row.GetString(6)}{Line(row.GetInt64(7))}");
        }
    }

    private void FindDoubled(Verdict verdict)
    {
        var sql = $"""
            SELECT {NamedEvent}, v.hop, count(*) - max(w.most) FROM evidence v
            JOIN (SELECT key, count(*) + sum(uncertain) AS most, min(row) AS row FROM effect GROUP BY key) w ON w.key = v.content
            JOIN sent s ON s.row = w.row AND NOT s.own
            WHERE v.hop IN (2, 4) AND v.accepted >= $since GROUP BY v.content, v.hop HAVING count(*) > max(w.most)
            """;
        foreach (var row in evidence.Query(sql, ("$since", Since)))
        {
            verdict.Add(Trouble.Doubled, $"{Name(row)}: {row.GetInt64(6)} more than were accepted, in {Name((Hop)row.GetInt32(5))}");
        }

        foreach (var row in evidence.Query("SELECT stream, events, items FROM counted WHERE events <> items"))
        {
            verdict.Add(row.GetInt64(1) > row.GetInt64(2) ? Trouble.Doubled : Trouble.Lost, string.Create(
                CultureInfo.InvariantCulture, $"stream {row.GetString(0)}: the view counts {row.GetInt64(1)} events and has {row.GetInt64(2)}"));
        }

        verdict.ExtraLakeLines = Math.Max(0, evidence.Count("SELECT count(DISTINCT evidence) FROM found WHERE hop = 1") - evidence.Count(
            "SELECT coalesce(sum(copies), 0) FROM effect e WHERE EXISTS (SELECT 1 FROM found f WHERE f.effect = e.row AND f.hop = 1)"));
    }

    /// <summary>Since when evidence of records without an id counts as this run's.</summary>
    public long Since { get; init; }

    private void FindDisorder(Verdict verdict)
    {
        foreach (var hop in hops.Where(hop => hop != Hop.Lake))
        {
            Compare(verdict, $"in {Name(hop)}", $"""
                SELECT {NamedEvent}, '', v.seq FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop = {(int)hop} JOIN evidence v ON v.row = f.evidence
                WHERE e.uncertain = 0 AND v.seq IS NOT NULL AND {Distinct} GROUP BY e.row HAVING v.row = min(v.row) ORDER BY s.stream, s.position
                """);
        }

        if (lakeKeepsOrder && hops.Contains(Hop.Lake))
        {
            Compare(verdict, "in the lake", $"""
                SELECT {NamedEvent}, v.place, printf('%020d', v.line) FROM effect e JOIN sent s ON s.row = e.row JOIN found f ON f.effect = e.row AND f.hop = 1 JOIN evidence v ON v.row = f.evidence
                WHERE e.uncertain = 0 AND e.copies = 1 AND {Distinct} GROUP BY e.row HAVING count(*) = 1 ORDER BY v.place, s.stream, s.position
                """);
        }
    }

    /// <summary>Rows come by stream (and place) and position of acceptance; what they are ordered by there must never fall.</summary>
    private void Compare(Verdict verdict, string where, string sql)
    {
        var (stream, place, last, lastName) = ("", "", "", "");
        foreach (var row in evidence.Query(sql))
        {
            var isSame = row.GetString(0) == stream && row.GetString(5) == place;
            if (isSame && string.CompareOrdinal(row.GetString(6), last) < 0)
            {
                verdict.Add(Trouble.OutOfOrder, $"{Name(row)}: accepted after {lastName}, and before it {where}{(place.Length > 0 ? $" ({place})" : "")}");
            }

            if (!isSame || string.CompareOrdinal(row.GetString(6), last) >= 0)
            {
                (stream, place, last, lastName) = (row.GetString(0), row.GetString(5), row.GetString(6), Name(row));
            }
        }
    }

    /// <summary>
    /// Times that the path itself leaves behind: accepted is in the envelope, the bus's is when the audit queue took its copy, delivered is in the
    /// view's feed. When the store wrote an item is nowhere to be read.
    /// </summary>
    private void Measure(Verdict verdict)
    {
        const string sql = """
            SELECT s.sent, i.accepted, coalesce(min(v.message), 0), coalesce(min(d.at), 0)
            FROM effect e JOIN sent s ON s.row = e.row JOIN found t ON t.effect = e.row AND t.hop = 2 JOIN evidence i ON i.row = t.evidence
            LEFT JOIN found f ON f.effect = e.row AND f.hop = 3 LEFT JOIN evidence v ON v.row = f.evidence LEFT JOIN delivery d ON d.idkey = i.idkey
            WHERE e.copies = 1 AND e.uncertain = 0 GROUP BY e.row
            """;
        (string Name, int From, int To)[] hops =
            [("1 sent → accepted", 0, 1), ("2 accepted → stored and published", 1, 2), ("3 published → delivered", 2, 3), ("4 accepted → delivered", 1, 3)];
        foreach (var row in evidence.Query(sql))
        {
            foreach (var (name, from, to) in hops)
            {
                if (row.GetInt64(from) > 0 && row.GetInt64(to) > 0)
                {
                    Histogram(verdict, name).Record(TimeSpan.FromMilliseconds(row.GetInt64(to) - row.GetInt64(from)));
                }
            }
        }
    }

    private static LatencyHistogram Histogram(Verdict verdict, string name) =>
        verdict.Latencies.TryGetValue(name, out var known) ? known : verdict.Latencies[name] = new LatencyHistogram();

    private static string Line(long line) => line > 0 ? string.Create(CultureInfo.InvariantCulture, $", line {line}") : "";

    private static string Name(Hop hop) => hop switch
    {
        Hop.Lake => "the lake",
        Hop.Store => "the store",
        Hop.Bus => "the audit queue",
        Hop.View => "the consumer's view",
        _ => "a place for what was set aside",
    };

    private static string Name(SqliteDataReader row)
    {
        var id = row.GetString(1);
        var what = row.GetInt32(3) == LedgerEntry.WholeRecord ? "the record as a whole" : id.Length > 0 ? $"event {id}" : "an event without an id";
        return string.Create(CultureInfo.InvariantCulture, $"{what} of stream {row.GetString(0)} (record {row.GetInt64(2)}, position {row.GetInt64(4)})");
    }
}
