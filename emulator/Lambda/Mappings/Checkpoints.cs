namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The positions of a mapping's lanes in the stream, kept on disk: one row for each lane of each shard.</summary>
internal sealed class Checkpoints(Database database, int lanes)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS stream_checkpoints (
            source TEXT NOT NULL, lanes INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (source, lane)) WITHOUT ROWID;
        """;

    /// <summary>The name of the rule that divides changes into lanes. An earlier version divided them by partition key; its rows have null here.</summary>
    private const string DividedBy = "item";

    public static void Define(Database database)
    {
        database.Define(Schema);
        database.DefineColumn("stream_checkpoints", "divided_by", "TEXT");
    }

    /// <summary>The positions from which the lanes of a shard go on. If the number or the content of the lanes has changed, all go on from the slowest position.</summary>
    /// <param name="connection">Of a unit of work.</param>
    /// <param name="source">The name of the mapping and the shard.</param>
    /// <param name="start">Where a new mapping begins.</param>
    public long[] Load(DatabaseConnection connection, string source, long start)
    {
        var rows = connection.Query(
            "SELECT lanes, lane, sequence, divided_by IS ?2 FROM stream_checkpoints WHERE source = ?1",
            row => (Lanes: row.GetInt32(0), Lane: row.GetInt32(1), Sequence: row.GetInt64(2), AsNow: row.GetInt64(3) == 1), source, DividedBy);
        var positions = new long[lanes];
        if (rows.Count == lanes && rows.TrueForAll(row => row.Lanes == lanes && row.AsNow))
        {
            rows.ForEach(row => positions[row.Lane] = row.Sequence);
            return positions;
        }

        // Every lane has a row from the start: a missing row must not look like a lane at position 0.
        Array.Fill(positions, rows.Count == 0 ? start : rows.Min(row => row.Sequence));
        connection.Execute("DELETE FROM stream_checkpoints WHERE source = ?1", source);
        for (var lane = 0; lane < lanes; lane++)
        {
            connection.Execute(
                "INSERT INTO stream_checkpoints (source, lanes, lane, sequence, divided_by) VALUES (?1, ?2, ?3, ?4, ?5)", source, lanes, lane, positions[lane], DividedBy);
        }

        return positions;
    }

    public Task SaveAsync(IReadOnlyList<(string Source, int Lane, long Sequence)> positions) => database.InTransactionAsync(connection =>
    {
        foreach (var (source, lane, sequence) in positions)
        {
            connection.Execute("UPDATE stream_checkpoints SET sequence = max(sequence, ?3) WHERE source = ?1 AND lane = ?2", source, lane, sequence);
        }
    });
}
