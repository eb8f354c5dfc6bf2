namespace DataToEvents.Emulator.Tables;

/// <summary>
/// Changes that memory no longer holds, read from disk. Readers that catch up read in aligned pages, so that those close to each
/// other share them. One caller at a time.
/// </summary>
internal sealed class ChangePages(Database database, TableSql sql)
{
    private const int PageSize = 512;
    private const int KeptPages = 8;

    private readonly Queue<(long Page, Task<List<ChangeRecord>> Changes)> _kept = [];

    /// <param name="after">A sequence number; the page may begin before it.</param>
    /// <param name="upTo">The last change that is read from disk.</param>
    /// <returns>Changes in order, and the sequence number up to which they are complete.</returns>
    public (Task<List<ChangeRecord>> Changes, long End) Read(long after, long upTo)
    {
        var page = after / PageSize;
        var (start, end) = (page * PageSize, (page + 1) * PageSize);
        if (end > upTo)
        {
            return (ReadAsync(after, upTo), upTo);
        }

        foreach (var kept in _kept)
        {
            if (kept.Page == page)
            {
                return (kept.Changes, end);
            }
        }

        var changes = ReadAsync(start, end);
        _kept.Enqueue((page, changes));
        if (_kept.Count > KeptPages)
        {
            _kept.Dequeue();
        }

        return (changes, end);
    }

    private Task<List<ChangeRecord>> ReadAsync(long after, long upTo) => database.InTransactionAsync(connection => sql.Changes(connection, after, upTo));
}
