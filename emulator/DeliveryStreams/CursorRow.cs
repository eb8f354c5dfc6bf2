namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Stores how far the input is transformed: finished rows are removed, and a cursor names a row that is only partly done.</summary>
internal static class CursorRow
{
    public static Cursor Read(DatabaseConnection connection, string owner)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS delivery_cursors (owner TEXT PRIMARY KEY, row_id INTEGER NOT NULL, records INTEGER NOT NULL) WITHOUT ROWID");
        return connection.Query(
            "SELECT row_id, records FROM delivery_cursors WHERE owner = ?1",
            static row => new Cursor(row.GetInt64(0), row.GetInt32(1)),
            owner).SingleOrDefault();
    }

    public static void Advance(DatabaseConnection connection, string owner, TransformBatch batch)
    {
        var last = batch.Records[^1];
        var isWhole = last.Index == last.Row.Records - 1;
        DurableQueue.Remove(connection, batch.Records[0].Row.Id, isWhole ? last.Row.Id : last.Row.Id - 1);
        if (!isWhole)
        {
            connection.Execute("INSERT OR REPLACE INTO delivery_cursors (owner, row_id, records) VALUES (?1, ?2, ?3)", owner, last.Row.Id, last.Index + 1);
        }
    }
}
