using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>A piece that waits for its object.</summary>
/// <param name="Id">Its row.</param>
/// <param name="OldestMs">The arrival of its oldest record.</param>
/// <param name="Bytes">Its size before compression.</param>
/// <param name="Lines">Line feeds in it.</param>
/// <param name="SinceMs">Since when it waits; after a restart, since then.</param>
internal sealed record WaitingPiece(long Id, long OldestMs, long Bytes, int Lines, long SinceMs);

/// <summary>
/// Collects pieces and writes them as objects by size or time. Which pieces make which object is journalled before the object is
/// written and forgotten after, so that a crash between rewrites the same object instead of writing its lines twice.
/// </summary>
internal sealed class ObjectBuffer : IDisposable
{
    private readonly Database _database;
    private readonly ObjectBucket _bucket;
    private readonly ObjectNames _names;
    private readonly BufferingHints _hints;
    private readonly TimeProvider _time;
    private readonly ObjectRows _rows;
    private readonly Wake _wake;
    private readonly Watermark _written;
    private readonly Lock _gate = new();
    private readonly Queue<WaitingPiece> _waiting = [];
    private readonly Queue<ObjectAssignment> _assigned;
    private long _bytes;
    private long _lastId;
    private long _lines;
    private long _objects;

    public ObjectBuffer(DatabaseConnection connection, Database database, ObjectBucket bucket, ObjectNames names, BufferingHints hints, TimeProvider time)
    {
        (_database, _bucket, _names, _hints, _time) = (database, bucket, names, hints, time);
        _wake = new Wake(time);
        _written = new Watermark(_wake.Set);
        _rows = ObjectRows.Open(connection, names.Owner);
        _assigned = new Queue<ObjectAssignment>(_rows.Assignments(connection));
        var lastAssigned = _assigned.Count > 0 ? _assigned.Max(static assignment => assignment.LastPiece) : 0;
        foreach (var piece in _rows.Pieces(connection, NowMs))
        {
            _lastId = piece.Id;
            RestoredLines += piece.Lines;
            if (piece.Id > lastAssigned)
            {
                Wait(piece);
            }
        }
    }

    public long Lines => Volatile.Read(ref _lines);

    /// <summary>The lines of the pieces that an earlier run left.</summary>
    public long RestoredLines { get; private set; }

    public long Objects => Volatile.Read(ref _objects);

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Journals a piece, in the unit of work that removes the input it was made from.</summary>
    public WaitingPiece Insert(DatabaseConnection connection, ObjectPiece piece, long oldestMs) => _rows.Insert(connection, piece, oldestMs, NowMs);

    /// <summary>Takes a piece that is durable now.</summary>
    public void Add(WaitingPiece piece)
    {
        lock (_gate)
        {
            _lastId = piece.Id;
            Wait(piece);
        }

        _wake.Set();
    }

    /// <summary>Writes all pieces added so far, without regard to the buffering hints.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _written.ReachAsync(_lastId, cancellationToken);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (_assigned.TryPeek(out var assignment))
            {
                await WriteAsync(assignment, stop);
                _assigned.Dequeue();
            }
            else if (NextCut() is { Count: > 0 } cut)
            {
                await AssignAsync(cut);
            }
            else
            {
                await _wake.SleepAsync(stop);
            }
        }
    }

    public void Dispose() => _wake.Dispose();

    private void Wait(WaitingPiece piece)
    {
        _waiting.Enqueue(piece);
        _bytes += piece.Bytes;
    }

    /// <summary>The pieces of the next object when one is due; otherwise sets the wake to when that will be.</summary>
    private List<WaitingPiece> NextCut()
    {
        var cut = new List<WaitingPiece>();
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var first))
            {
                return cut;
            }

            var due = first.SinceMs + (long)_hints.Interval.TotalMilliseconds - NowMs;
            if (due > 0 && _bytes < _hints.SizeInBytes && !_written.IsUrgent)
            {
                _wake.SetAfter(TimeSpan.FromMilliseconds(due));
                return cut;
            }

            for (var bytes = 0L; bytes < _hints.SizeInBytes && _waiting.TryDequeue(out var piece); bytes += piece.Bytes)
            {
                cut.Add(piece);
                _bytes -= piece.Bytes;
            }
        }

        return cut;
    }

    private async Task AssignAsync(List<WaitingPiece> cut)
    {
        var oldest = DateTimeOffset.FromUnixTimeMilliseconds(cut.Min(static piece => piece.OldestMs));
        var assignment = new ObjectAssignment(cut[0].Id, cut[^1].Id, cut.Sum(static piece => piece.Lines), _names.Next(oldest, cut[0].Id));
        await _database.InTransactionAsync(connection => ObjectRows.Assign(connection, assignment));
        _assigned.Enqueue(assignment);
    }

    private async Task WriteAsync(ObjectAssignment assignment, CancellationToken stop)
    {
        var body = await _database.InTransactionAsync(connection => ObjectRows.Body(connection, assignment));
        await _bucket.PutAsync(assignment.Key, body, stop);
        await _database.InTransactionAsync(connection => ObjectRows.Remove(connection, assignment));
        Interlocked.Add(ref _lines, assignment.Lines);
        Interlocked.Increment(ref _objects);
        _written.Rise(assignment.LastPiece);
    }
}
