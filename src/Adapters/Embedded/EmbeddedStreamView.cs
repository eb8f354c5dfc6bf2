using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The consumer's view in tables of its own.</summary>
public sealed class EmbeddedStreamView : IStreamView
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS view_event (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, envelope BLOB NOT NULL, at INTEGER);
        CREATE UNIQUE INDEX IF NOT EXISTS view_event_once ON view_event (stream, id);
        CREATE INDEX IF NOT EXISTS view_event_by_type ON view_event (type);
        CREATE TABLE IF NOT EXISTS view_stream (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, sequence TEXT NOT NULL, latest INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS view_type (type TEXT PRIMARY KEY, events INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private readonly Database _database;

    private readonly TimeProvider _time;

    public EmbeddedStreamView(Database database, TimeProvider time)
    {
        database.Define(Schema);
        database.DefineColumn("view_event", "at", "INTEGER");
        (_database, _time) = (database, time);
    }

    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _database.InTransactionAsync(connection => Apply(connection, received, sequence.PadLeft(StreamSequence.Width, '0'), at));
    }

    public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => _database.InTransactionAsync(static connection =>
    {
        var byType = connection.Query("SELECT type, events FROM view_type", row => (Type: row.GetString(0), Events: row.GetInt64(1)));
        var streams = (long)connection.Scalar("SELECT count(*) FROM view_stream")!;
        return new ViewSummary(byType.Sum(entry => entry.Events), streams, byType.ToDictionary(entry => entry.Type, entry => entry.Events));
    });

    public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken) => _database.InTransactionAsync(connection => connection
        .Query(
            "SELECT s.events, e.envelope FROM view_stream s JOIN view_event e ON e.position = s.latest WHERE s.stream = ?1",
            row => new StreamSummary(stream, row.GetInt64(0), (ReadOnlyMemory<byte>)row.GetBytes(1)),
            stream.Value)
        .FirstOrDefault());

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> EventsAsync(string? type, int limit, CancellationToken cancellationToken) => _database.InTransactionAsync(connection =>
    {
        var envelopes = type is null
            ? connection.Query("SELECT envelope FROM view_event ORDER BY position DESC LIMIT ?1", row => (ReadOnlyMemory<byte>)row.GetBytes(0), limit)
            : connection.Query("SELECT envelope FROM view_event WHERE type = ?1 ORDER BY position DESC LIMIT ?2", row => (ReadOnlyMemory<byte>)row.GetBytes(0), type, limit);
        return (IReadOnlyList<ReadOnlyMemory<byte>>)envelopes;
    });

    /// <summary>All events in the order in which they were applied.</summary>
    public async IAsyncEnumerable<AppliedEvent> AllAsync()
    {
        for (var after = 0L; ;)
        {
            var (start, page) = (after, 100);
            var rows = await _database.InTransactionAsync(connection => connection.Query(
                "SELECT position, envelope, coalesce(at, 0) FROM view_event WHERE position > ?1 ORDER BY position LIMIT ?2",
                row => (Position: row.GetInt64(0), Applied: new AppliedEvent(row.GetBytes(1), row.GetInt64(2))), start, page));
            foreach (var (position, applied) in rows)
            {
                after = position;
                yield return applied;
            }

            if (rows.Count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>How many events there are.</summary>
    public Task<long> CountAsync() => _database.InTransactionAsync(static connection => (long)connection.Scalar("SELECT coalesce(sum(events), 0) FROM view_type")!);

    /// <summary>How many events of each stream were counted.</summary>
    public Task<IReadOnlyList<(string Stream, long Events)>> CountsAsync() => _database.InTransactionAsync(static connection =>
        (IReadOnlyList<(string, long)>)connection.Query("SELECT stream, events FROM view_stream", row => (row.GetString(0), row.GetInt64(1))));

    private static bool Apply(DatabaseConnection connection, DataEvent received, string sequence, long at)
    {
        var inserted = connection.Execute(
            "INSERT INTO view_event (stream, id, type, envelope, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (stream, id) DO NOTHING",
            received.Stream.Value, received.Id.Value, received.Type, received.Envelope, at);
        if (inserted == 0)
        {
            return false;
        }

        connection.Execute(
            """
            INSERT INTO view_stream (stream, events, sequence, latest) VALUES (?1, 1, ?2, last_insert_rowid())
            ON CONFLICT (stream) DO UPDATE SET
              events = events + 1,
              latest = iif(excluded.sequence >= sequence, excluded.latest, latest),
              sequence = max(excluded.sequence, sequence)
            """,
            received.Stream.Value, sequence);
        connection.Execute("INSERT INTO view_type (type, events) VALUES (?1, 1) ON CONFLICT (type) DO UPDATE SET events = events + 1", received.Type);
        return true;
    }
}

/// <param name="Envelope">As the bus brought it.</param>
/// <param name="At">When the view took it in, epoch milliseconds; 0 where an earlier version did.</param>
public readonly record struct AppliedEvent(ReadOnlyMemory<byte> Envelope, long At);
