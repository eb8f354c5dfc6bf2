namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>
/// One lane of a shard's readers. It works on one batch at a time until all records of it succeeded or were given up: it retries,
/// splits the batch, or writes to the on-failure destination.
/// </summary>
internal sealed class StreamLane(int number, ShardReaders shard, StreamEventSource source, StreamEventSourceOptions options, ChangeStream stream, TimeProvider time, Random random)
{
    private readonly BackOff _backOff = new(options.FirstBackoff, options.LongestBackoff, random);
    private readonly LaneReader _reader = new(number, options, stream, shard.Shard, time);
    private long _checkpoint;

    /// <summary>The lane is done with every change up to this sequence number.</summary>
    public long Done => _reader.IdleAt ?? Volatile.Read(ref _checkpoint);

    /// <summary>The checkpoint on disk.</summary>
    public long Saved { get; set; }

    public int Number => number;

    public ShardReaders Shard => shard;

    /// <summary>Whether the shard has closed, and the lane is done with all of it.</summary>
    public bool HasEnded { get; private set; }

    public void StartAt(long position) => (_reader.Position, _checkpoint, Saved) = (position, position, position);

    /// <summary>Runs until the shard has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _reader.NextAsync(cancellationToken) is { } batch)
        {
            await ProcessAsync(batch, cancellationToken);
        }

        await CheckpointAsync(shard.Shard.Until);
        HasEnded = true;
    }

    private async Task ProcessAsync(StreamBatch whole, CancellationToken cancellationToken)
    {
        var left = new Stack<StreamBatch>([whole]);
        var failures = 0;
        while (left.TryPop(out var batch))
        {
            await source.Mapping.WhenEnabledAsync(cancellationToken);
            batch = await GiveUpExpiredAsync(batch, cancellationToken);
            if (batch.Records.Count == 0)
            {
                continue;
            }

            var (succeeded, failure) = await source.InvokeAsync(batch, cancellationToken);
            batch = batch with { Invocations = batch.Invocations + 1 };
            if (succeeded > 0)
            {
                await CheckpointAsync(batch.Records[succeeded - 1].Sequence);
                failures = 0;
            }

            if (succeeded < batch.Records.Count)
            {
                var again = await FailedAsync(batch.After(succeeded), progress: succeeded > 0, failure, left, cancellationToken);
                failures = again ? failures + 1 : 0;
                await Task.Delay(_backOff.After(failures), time, cancellationToken);
            }
        }
    }

    /// <returns>True when the same batch is to be passed again, after a pause.</returns>
    private async Task<bool> FailedAsync(StreamBatch batch, bool progress, BatchFailure failure, Stack<StreamBatch> left, CancellationToken cancellationToken)
    {
        if (options.BisectBatchOnFunctionError && progress)
        {
            // The function has said where to split it.
            left.Push(batch);
        }
        else if (options.BisectBatchOnFunctionError && batch.Records.Count > options.SmallestPiece && (failure != BatchFailure.Named || options.BisectsAtFirstRecord))
        {
            var half = batch.Records.Count / 2;
            left.Push(batch.After(half));
            left.Push(batch.First(half));
        }
        else if (options.MaximumRetryAttempts < 0 || batch.Retries < options.MaximumRetryAttempts)
        {
            left.Push(batch with { Retries = batch.Retries + 1 });
            return true;
        }
        else
        {
            await GiveUpAsync(batch, FailedBatch.RetryAttemptsExhausted, failure == BatchFailure.FunctionError, cancellationToken);
        }

        return false;
    }

    /// <summary>Gives up the records that are too old.</summary>
    /// <returns>The records of the batch that are young enough.</returns>
    private async Task<StreamBatch> GiveUpExpiredAsync(StreamBatch batch, CancellationToken cancellationToken)
    {
        if (options.MaximumRecordAge is not { } age)
        {
            return batch;
        }

        var oldest = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)age.TotalMilliseconds;
        var expired = batch.Records.TakeWhile(record => record.CreatedMs < oldest).Count();
        if (expired > 0)
        {
            await GiveUpAsync(batch.First(expired), FailedBatch.RecordAgeExceeded, functionError: batch.Invocations > 0, cancellationToken);
        }

        return batch.After(expired);
    }

    private async Task GiveUpAsync(StreamBatch batch, string condition, bool functionError, CancellationToken cancellationToken)
    {
        await source.GiveUpAsync(shard.Shard.Id, batch, condition, functionError, cancellationToken);
        await CheckpointAsync(batch.Last.Sequence);
    }

    private async Task CheckpointAsync(long sequence)
    {
        await source.SaveCheckpointAsync(this, sequence);
        Volatile.Write(ref _checkpoint, sequence);
    }
}
