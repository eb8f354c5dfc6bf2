namespace DataToEvents.Operator.Verification;

/// <summary>The tables of the temporary database for ledger and evidence. Indexes are made after the rows are in.</summary>
internal static class EvidenceSchema
{
    public const string Tables = """
        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE;
        CREATE TABLE sent (
          row INTEGER PRIMARY KEY, record INTEGER, event INTEGER, stream TEXT, position INTEGER, id TEXT, own INTEGER, key INTEGER, content INTEGER,
          payload INTEGER, same INTEGER, kind INTEGER, source INTEGER, attributes INTEGER, time INTEGER, sent INTEGER, poison TEXT, uncertain INTEGER, accepted INTEGER, refused TEXT);
        CREATE TABLE evidence (
          row INTEGER PRIMARY KEY, hop INTEGER, place TEXT, line INTEGER, idkey INTEGER, content INTEGER, payload INTEGER, same INTEGER, kind INTEGER, attributes INTEGER, time INTEGER,
          whole INTEGER, arrival INTEGER, accepted INTEGER, taken INTEGER, seq TEXT);
        CREATE TABLE delivery (idkey INTEGER, at INTEGER);
        CREATE TABLE counted (stream TEXT, events INTEGER, items INTEGER);
        """;

    /// <summary>
    /// An effect is an event that has to be there. All accepted copies with one id, content, source and type are one effect. Each record without an id is an
    /// effect, told apart by its number among equal ones. Another source under one id is an effect of its own. So is another content or type, which ends in quarantine.
    /// </summary>
    public const string Effects = """
        CREATE TABLE effect AS
          SELECT min(row) AS row, key, 1 AS k, count(*) AS copies, sum(uncertain) AS uncertain FROM sent WHERE accepted AND own GROUP BY key, same, kind
          UNION ALL
          SELECT row, key, row_number() OVER (PARTITION BY key ORDER BY row), 1, uncertain FROM sent WHERE accepted AND NOT own;
        CREATE UNIQUE INDEX effect_row ON effect (row);
        CREATE INDEX effect_key ON effect (key, k);
        CREATE INDEX sent_key ON sent (key);
        """;

    /// <summary>
    /// Finds the copies of every effect at every hop: by its id, and if others were accepted under that id, by its own content, source and type. Of records
    /// without an id only those count that arrived since the run began.
    /// </summary>
    public const string Matches = """
        CREATE INDEX evidence_id ON evidence (idkey, hop);
        CREATE INDEX evidence_content ON evidence (content, hop, seq, place, line);
        CREATE TABLE found AS
          SELECT e.row AS effect, v.hop AS hop, v.row AS evidence FROM effect e JOIN sent s ON s.row = e.row JOIN evidence v ON v.idkey = e.key AND v.hop < 6
            WHERE s.own AND ((v.same = s.same AND v.kind = coalesce(s.kind, v.kind))
              OR NOT EXISTS (SELECT 1 FROM sent o WHERE o.key = s.key AND o.accepted AND o.same = v.same AND v.kind = coalesce(o.kind, v.kind)))
          UNION ALL
          SELECT e.row, v.hop, v.row FROM effect e JOIN sent s ON s.row = e.row
            JOIN (SELECT row, hop, content, row_number() OVER (PARTITION BY content, hop ORDER BY seq, place, line) AS k FROM evidence WHERE hop < 6 AND (accepted >= $since OR hop = 5)) v
            ON v.content = e.key AND v.k = e.k WHERE NOT s.own;
        CREATE INDEX found_effect ON found (effect, hop);
        CREATE INDEX found_evidence ON found (evidence);
        CREATE INDEX delivery_key ON delivery (idkey);
        """;
}
