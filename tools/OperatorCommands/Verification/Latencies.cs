namespace DataToEvents.Operator.Verification;

/// <summary>
/// Measures how long each hop took, by times that the path itself stores: accepted is in the envelope, stored in the item, published is when the audit queue
/// took its copy, delivered is when the consumer's view took the event in. Each time comes from the clock of the service that wrote it.
/// </summary>
internal sealed class Latencies(EvidenceBase evidence)
{
    private const string Times = """
        SELECT s.sent, i.accepted, i.taken, coalesce(min(v.taken), 0), coalesce(min(d.at), 0)
        FROM effect e JOIN sent s ON s.row = e.row JOIN found t ON t.effect = e.row AND t.hop = 2 JOIN evidence i ON i.row = t.evidence
        LEFT JOIN found f ON f.effect = e.row AND f.hop = 3 LEFT JOIN evidence v ON v.row = f.evidence LEFT JOIN delivery d ON d.idkey = i.idkey
        WHERE e.copies = 1 AND e.uncertain = 0 AND (SELECT count(*) FROM effect g WHERE g.key = e.key) = 1 GROUP BY e.row
        """;

    private const int Sent = 0;
    private const int Accepted = 1;
    private const int Stored = 2;
    private const int Published = 3;
    private const int Delivered = 4;

    private static readonly (string Name, int From, int To)[] Hops =
    [
        ("sent → accepted", Sent, Accepted), ("accepted → stored", Accepted, Stored), ("stored → published", Stored, Published),
        ("published → delivered", Published, Delivered), ("stored → delivered", Stored, Delivered), ("accepted → delivered", Accepted, Delivered),
    ];

    /// <returns>A histogram for each hop of which both times are known, in the path's order.</returns>
    public IReadOnlyList<(string Hop, LatencyHistogram Latency)> Measure()
    {
        var (histograms, counts) = (Hops.Select(_ => new LatencyHistogram()).ToArray(), new long[Hops.Length]);
        foreach (var row in evidence.Query(Times))
        {
            for (var i = 0; i < Hops.Length; i++)
            {
                if (row.GetInt64(Hops[i].From) is > 0 and var from && row.GetInt64(Hops[i].To) is > 0 and var to)
                {
                    counts[i]++;
                    histograms[i].Record(TimeSpan.FromMilliseconds(to - from));
                }
            }
        }

        return [.. Enumerable.Range(0, Hops.Length).Where(i => counts[i] > 0).Select(i => (Hops[i].Name, histograms[i]))];
    }
}
