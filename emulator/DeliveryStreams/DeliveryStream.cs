using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>
/// A Firehose delivery stream (Direct PUT) with a transformation function and an S3 destination. A record that was accepted survives a
/// crash. The function's output is stored and its input removed in one transaction. Delivery is at least once, as with Firehose:
/// after a crash between an invocation and its commit, the function is invoked with the same records again.
/// </summary>
public sealed class DeliveryStream : IDisposable
{
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly DeliveryCounters _counters = new();
    private readonly BufferRoom _room;
    private readonly DurableQueue _journal;
    private readonly ObjectBuffer _lake;
    private readonly ObjectBuffer _errors;
    private readonly TransformPump _transform;
    private readonly string _lambdaArn;

    private DeliveryStream(
        DatabaseConnection connection, Database database, ObjectBucket bucket, IInvocable function, DeliveryStreamOptions options, TimeProvider time)
    {
        (_database, _time, Options) = (database, time, options);
        _lambdaArn = $"arn:aws:lambda:{options.Region}:{options.AccountId}:function:{function.Name}:$LATEST";
        _journal = DurableQueue.Open(connection, database, InputOwner, options.ResidentBytes);
        _room = new BufferRoom(options.MaxBufferedBytes, options.MaxBufferedRecords);
        _room.Restore(_journal.WaitingBytes - (Frames.PrefixBytes * _journal.WaitingRecords), _journal.WaitingRecords);
        var lake = new ObjectNames(options.Name, "lake", new ObjectPrefix(options.Prefix), options.FileExtension);
        var errors = new ObjectNames(options.Name, "errors", new ObjectPrefix(options.ErrorOutputPrefix, "processing-failed"), ".json");
        _lake = new ObjectBuffer(connection, database, bucket, lake, options.Lake, time);
        _errors = new ObjectBuffer(connection, database, bucket, errors, options.Lake, time);
        var cutter = new BatchCutter(_journal, _room, options, time, CursorRow.Read(connection, InputOwner));
        _transform = new TransformPump(cutter, new TransformInvoker(function, options, time, _counters), options, time, CommitAsync);
    }

    public DeliveryStreamOptions Options { get; }

    public DeliveryStreamStats Stats => _counters.Totals with
    {
        BufferedRecords = _room.Records,
        BufferedBytes = _room.Bytes,
        OldestAge = _transform.OldestMs is { } oldest ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero,
        LakeLines = _lake.Lines,
        RestoredLakeLines = _lake.RestoredLines,
        LakeObjects = _lake.Objects,
        ErrorObjects = _errors.Objects,
    };

    private string InputOwner => $"delivery-stream/{Options.Name}/input";

    /// <summary>Opens the stream with what an earlier run accepted and did not deliver.</summary>
    /// <exception cref="ArgumentException">Firehose would refuse a prefix in the options.</exception>
    public static Task<DeliveryStream> OpenAsync(
        Database database, ObjectBucket bucket, IInvocable function, DeliveryStreamOptions options, TimeProvider time) =>
        database.InTransactionAsync(connection => new DeliveryStream(connection, database, bucket, function, options, time));

    /// <summary>Accepts records in their order. A record that has an id in the result is durable.</summary>
    /// <exception cref="ServiceException"><c>InvalidArgumentException</c>: the call breaks one of Firehose's limits, nothing was accepted.</exception>
    public async Task<PutRecordBatchResult> PutRecordBatchAsync(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        PutRules.Check(records);
        var accepted = _room.Reserve(records);
        if (accepted == 0)
        {
            _counters.CountPut(0, records.Count);
            return new PutRecordBatchResult(0, 0, records.Count);
        }

        var body = PutRules.Pack(records, accepted);
        try
        {
            var row = await _journal.AppendAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), accepted, body);
            _counters.CountPut(accepted, records.Count - accepted);
            _transform.Wake();
            return new PutRecordBatchResult(row.Id, accepted, records.Count);
        }
        catch
        {
            _room.Release(body.Length - (Frames.PrefixBytes * accepted), accepted);
            throw;
        }
    }

    /// <summary>Accepts one record and returns its id once it is durable.</summary>
    /// <exception cref="ServiceException"><c>InvalidArgumentException</c>, or <c>ServiceUnavailableException</c> when the buffer is full.</exception>
    public async Task<string> PutRecordAsync(ReadOnlyMemory<byte> record)
    {
        var entry = (await PutRecordBatchAsync([record]))[0];
        return entry.RecordId ?? throw new ServiceException(entry.ErrorCode!, entry.ErrorMessage!);
    }

    /// <summary>Completes when the buffer has room for a call of the largest size. A feeder waits for this before it sends refused records again.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken = default) => _room.WaitAsync(cancellationToken);

    /// <summary>Transforms all records accepted so far and writes them to objects, without waiting for the buffering hints. <see cref="RunAsync"/> must be running.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await _transform.Done.ReachAsync(_journal.LastId, cancellationToken);
        await Task.WhenAll(_lake.FlushAsync(cancellationToken), _errors.FlushAsync(cancellationToken));
    }

    /// <summary>Transforms and delivers until stopped. Exceptions of storage and bucket are thrown.</summary>
    public Task RunAsync(CancellationToken stop) => Pump.RunAsync(stop, _transform.RunAsync, _lake.RunAsync, _errors.RunAsync);

    public void Dispose()
    {
        _transform.Dispose();
        _lake.Dispose();
        _errors.Dispose();
    }

    private async Task CommitAsync(TransformBatch batch, TransformResult result)
    {
        var lake = result.BatchError is null ? TransformOutput.Lake(batch, Options.AppendDelimiter) : null;
        var failures = TransformOutput.Failures(batch, result, _lambdaArn);
        var (lakePiece, failurePiece) = await _database.InTransactionAsync(connection =>
        {
            CursorRow.Advance(connection, InputOwner, batch);
            return (
                lake is null ? null : _lake.Insert(connection, lake, batch.OldestMs),
                failures is null ? null : _errors.Insert(connection, failures, batch.OldestMs));
        });
        _room.Release(batch.Bytes, batch.Records.Count);
        _counters.CountOutcome(batch, result);
        AddTo(_lake, lakePiece);
        AddTo(_errors, failurePiece);
    }

    private static void AddTo(ObjectBuffer buffer, WaitingPiece? piece)
    {
        if (piece is not null)
        {
            buffer.Add(piece);
        }
    }
}
