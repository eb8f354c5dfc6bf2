using Microsoft.Data.Sqlite;

namespace DataToEvents.Operator.Verification;

/// <summary>Ledger and evidence in a temporary database on disk, so that memory stays bounded. The file is deleted with it.</summary>
internal sealed class EvidenceBase : IDisposable
{
    private const int RowsAtOnce = 50_000;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"generator-verify-{Guid.NewGuid():n}.db");
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _inserts = [];
    private SqliteTransaction? _transaction;
    private int _uncommitted;

    public EvidenceBase()
    {
        _connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        _connection.Open();
        Run(EvidenceSchema.Tables);
    }

    public void Add(LedgerEntry entry)
    {
        var isWhole = entry.Event == LedgerEntry.WholeRecord;
        var content = isWhole ? EnvelopeDigest.Of("record", entry.Hash) : EnvelopeDigest.Of(entry.Stream, entry.Hash);
        Insert(
            "sent (record, event, stream, position, id, own, key, content, payload, same, kind, source, attributes, time, sent, poison, uncertain, accepted, refused)",
            entry.Record, entry.Event, entry.Stream, entry.Position, entry.Id, entry.Id is not null ? 1 : 0,
            entry.Id is { } id ? EnvelopeDigest.Of(entry.Stream, id) : content, content, EnvelopeDigest.Of(entry.Hash), entry.Content ?? EnvelopeDigest.Of(entry.Hash),
            entry.Kind, entry.Source, entry.Attributes, entry.Time,
            entry.SentAt, entry.Poison, entry.Uncertain, entry.IsAccepted ? 1 : 0, entry.Refused);
    }

    public void Add(Evidence found) => Insert(
        "evidence (hop, place, line, idkey, content, payload, same, kind, attributes, time, whole, arrival, accepted, taken, seq)",
        (long)found.Hop, found.Place, found.Line, found.IdKey, found.ContentKey, found.Payload, found.Same, found.Kind, found.Attributes, found.Time, found.Whole, found.Arrival,
        found.AcceptedAt, found.TakenAt, found.Sequence);

    /// <summary>When the consumer took an event in.</summary>
    public void AddDelivery(long idKey, long at) => Insert("delivery (idkey, at)", idKey, at);

    /// <summary>How many events the consumer counted in a stream, and how many it has.</summary>
    public void AddCount(string stream, long events, long items) => Insert("counted (stream, events, items)", stream, events, items);

    public void Run(string sql, params (string Name, object? Value)[] parameters)
    {
        Commit();
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public long Count(string sql, params (string Name, object? Value)[] parameters)
    {
        Commit();
        using var command = Command(sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    /// <summary>Returns the rows one by one. All rows share one reader.</summary>
    public IEnumerable<SqliteDataReader> Query(string sql, params (string Name, object? Value)[] parameters)
    {
        Commit();
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    public void Dispose()
    {
        Commit();
        foreach (var insert in _inserts.Values)
        {
            insert.Dispose();
        }

        _connection.Dispose();
        File.Delete(_file);
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this folder, no input among them.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private void Insert(string target, params object?[] values)
    {
        if (!_inserts.TryGetValue(target, out var insert))
        {
            insert = Command($"INSERT INTO {target} VALUES ({string.Join(", ", values.Select((_, i) => $"$p{i}"))})", [.. values.Select((_, i) => ($"$p{i}", (object?)null))]);
            insert.Prepare();
            _inserts.Add(target, insert);
        }

        _transaction ??= _connection.BeginTransaction();
        insert.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
        {
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        insert.ExecuteNonQuery();
        if (++_uncommitted == RowsAtOnce)
        {
            Commit();
        }
    }

    private void Commit()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        (_transaction, _uncommitted) = (null, 0);
    }
}
