namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Which pieces (from row to row) make the object of this key.</summary>
internal sealed record ObjectAssignment(long FirstPiece, long LastPiece, int Lines, string Key);

/// <summary>The rows of an <see cref="ObjectBuffer"/>.</summary>
internal sealed class ObjectRows
{
    private readonly RowNumbers _numbers;

    private ObjectRows(RowNumbers numbers) => _numbers = numbers;

    public static ObjectRows Open(DatabaseConnection connection, string owner)
    {
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS object_pieces (id INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, body BLOB NOT NULL)");
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS object_assignments (first_piece INTEGER PRIMARY KEY, last_piece INTEGER NOT NULL, lines INTEGER NOT NULL, key TEXT NOT NULL)");
        return new ObjectRows(RowNumbers.Open(connection, owner));
    }

    public static void Assign(DatabaseConnection connection, ObjectAssignment assignment) => connection.Execute(
        "INSERT INTO object_assignments (first_piece, last_piece, lines, key) VALUES (?1, ?2, ?3, ?4)",
        assignment.FirstPiece,
        assignment.LastPiece,
        assignment.Lines,
        assignment.Key);

    public static byte[] Body(DatabaseConnection connection, ObjectAssignment assignment)
    {
        var bodies = connection.Query(
            "SELECT body FROM object_pieces WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            static row => row.GetBytes(0),
            assignment.FirstPiece,
            assignment.LastPiece);
        var whole = new byte[bodies.Sum(static body => body.Length)];
        var position = 0;
        foreach (var body in bodies)
        {
            body.CopyTo(whole, position);
            position += body.Length;
        }

        return whole;
    }

    public static void Remove(DatabaseConnection connection, ObjectAssignment assignment)
    {
        connection.Execute("DELETE FROM object_pieces WHERE id BETWEEN ?1 AND ?2", assignment.FirstPiece, assignment.LastPiece);
        connection.Execute("DELETE FROM object_assignments WHERE first_piece = ?1", assignment.FirstPiece);
    }

    public WaitingPiece Insert(DatabaseConnection connection, ObjectPiece piece, long oldestMs, long nowMs)
    {
        var waiting = new WaitingPiece(_numbers.Next(), oldestMs, piece.Bytes, piece.Lines, nowMs);
        connection.Execute(
            "INSERT INTO object_pieces (id, oldest, bytes, lines, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            waiting.Id,
            oldestMs,
            piece.Bytes,
            piece.Lines,
            piece.Body);
        return waiting;
    }

    public List<ObjectAssignment> Assignments(DatabaseConnection connection) => connection.Query(
        "SELECT first_piece, last_piece, lines, key FROM object_assignments WHERE first_piece BETWEEN ?1 AND ?2 ORDER BY first_piece",
        static row => new ObjectAssignment(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3)),
        _numbers.First,
        _numbers.Last);

    public List<WaitingPiece> Pieces(DatabaseConnection connection, long nowMs) => connection.Query(
        "SELECT id, oldest, bytes, lines FROM object_pieces WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
        row => new WaitingPiece(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), nowMs),
        _numbers.First,
        _numbers.Last);
}
