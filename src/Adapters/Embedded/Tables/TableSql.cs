namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>The statements of one table, whose name is part of them.</summary>
internal sealed class TableSql(string name)
{
    private readonly string _items = $"\"items {name}\"";
    private readonly string _changes = $"\"changes {name}\"";

    /// <summary>
    /// Items lie in the order of their insertion, which appends; the keys are an index. The expiry index holds only items that expire.
    /// </summary>
    public string Schema { get; } = $"""
        CREATE TABLE IF NOT EXISTS "items {name}" (position INTEGER PRIMARY KEY, pk TEXT NOT NULL, sk TEXT NOT NULL, at INTEGER NOT NULL, expires INTEGER, item BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "items {name} by key" ON "items {name}" (pk, sk);
        CREATE INDEX IF NOT EXISTS "items {name} by expiry" ON "items {name}" (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS "changes {name}" (sequence INTEGER PRIMARY KEY, kind INTEGER NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, at INTEGER NOT NULL, after BLOB, before BLOB, expired INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS "checkpoints {name}" (reader TEXT NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (reader, lane)) WITHOUT ROWID;
        """;

    public string LastSequence => $"SELECT max(coalesce((SELECT max(position) FROM {_items}), 0), coalesce((SELECT max(sequence) FROM {_changes}), 0), coalesce((SELECT max(sequence) FROM \"checkpoints {name}\"), 0))";

    public string InsertIfAbsent => field ??= $"INSERT INTO {_items} (position, pk, sk, at, expires, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (pk, sk) DO NOTHING";

    public string Replace => field ??= $"UPDATE {_items} SET item = ?1, expires = ?2 WHERE position = ?3";

    public string Delete => field ??= $"DELETE FROM {_items} WHERE position = ?1";

    public string Find => field ??= $"SELECT position, pk, sk, at, item FROM {_items} WHERE pk = ?1 AND sk = ?2";

    public string Count => field ??= $"SELECT count(*) FROM {_items}";

    public string Expired => field ??= $"SELECT pk, sk FROM {_items} WHERE expires <= ?1 LIMIT ?2";

    public string Scan => field ??= $"SELECT position, pk, sk, at, item FROM {_items} WHERE position > ?1 ORDER BY position LIMIT ?2";

    public string QueryUp => field ??= $"SELECT position, pk, sk, at, item FROM {_items} WHERE pk = ?1 AND sk >= ?2 AND (?3 IS NULL OR sk <= ?3) ORDER BY sk LIMIT ?4";

    public string QueryDown => field ??= $"SELECT position, pk, sk, at, item FROM {_items} WHERE pk = ?1 AND sk >= ?2 AND (?3 IS NULL OR sk <= ?3) ORDER BY sk DESC LIMIT ?4";

    public string WriteOutInsert => field ??= $"INSERT INTO {_changes} (sequence, kind, pk, sk, at, after, before, expired) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, 0) ON CONFLICT (sequence) DO NOTHING";

    public string AddChange => field ??= $"INSERT INTO {_changes} (sequence, kind, pk, sk, at, after, before, expired) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    /// <summary>INSERT records that were not written out are read from the items themselves.</summary>
    public string Changes => field ??= $"""
        SELECT sequence, kind, pk, sk, at, after, before, expired FROM {_changes} WHERE sequence > ?1 AND at >= ?2
        UNION ALL
        SELECT position, 0, pk, sk, at, item, NULL, 0 FROM {_items} AS i
        WHERE position > ?1 AND at >= ?2 AND NOT EXISTS (SELECT 1 FROM {_changes} WHERE sequence = i.position)
        ORDER BY 1 LIMIT ?3
        """;

    public string Trim => field ??= $"DELETE FROM {_changes} WHERE at < ?1";

    public string Checkpoints => field ??= $"SELECT lane, sequence FROM \"checkpoints {name}\" WHERE reader = ?1";

    public string SetCheckpoint => field ??= $"INSERT INTO \"checkpoints {name}\" (reader, lane, sequence) VALUES (?1, ?2, ?3) ON CONFLICT (reader, lane) DO UPDATE SET sequence = excluded.sequence";
}
