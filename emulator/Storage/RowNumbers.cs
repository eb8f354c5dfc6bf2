namespace DataToEvents.Emulator.Storage;

/// <summary>
/// The row numbers of one owner. With them several services share a table whose only index is its integer key. A number holds
/// the owner (10 bits), how many times it was opened (21 bits) and a counter (32 bits). So numbers are ascending, and none is given twice, even
/// if all rows are deleted before a restart.
/// </summary>
internal sealed class RowNumbers
{
    private const int CountBits = 32;
    private const int StartBits = 21;
    private const long MaxOwners = (1 << (63 - StartBits - CountBits)) - 1;
    private const long MaxStarts = (1 << StartBits) - 1;

    private readonly long _owner;
    private long _last;

    private RowNumbers(long owner, long start)
    {
        _owner = owner;
        _last = First | (start << CountBits);
    }

    /// <summary>The lowest number of the owner, of all starts.</summary>
    public long First => _owner << (StartBits + CountBits);

    /// <summary>The highest number of the owner, of all starts.</summary>
    public long Last => First | ((1L << (StartBits + CountBits)) - 1);

    /// <summary>Registers another start of an owner.</summary>
    public static RowNumbers Open(DatabaseConnection connection, string owner)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS row_owners (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, starts INTEGER NOT NULL)");
        var (number, starts) = connection.Query(
            "INSERT INTO row_owners (name, starts) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET starts = starts + 1 RETURNING number, starts",
            static row => (row.GetInt64(0), row.GetInt64(1)),
            owner)[0];
        return number <= MaxOwners && starts <= MaxStarts
            ? new RowNumbers(number, starts)
            : throw new InvalidOperationException($"The database has no row numbers left for '{owner}': owner {number}, start {starts}.");
    }

    public long Next() => Interlocked.Increment(ref _last);
}
