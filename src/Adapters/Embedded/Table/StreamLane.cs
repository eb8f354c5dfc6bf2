namespace DataToEvents.Adapters.Embedded.Table;

/// <summary>
/// One lane of a stream event source: reads the changes of its partition keys in order and sees each batch through before
/// the next one: success, retries, halves, or the on-failure destination.
/// </summary>
internal sealed class StreamLane(int number, StreamEventSource source, StreamEventSourceOptions options, ChangeLog log, TimeProvider time, Random random)
{
    /// <summary>Lambda: 6 MB a synchronous invocation.</summary>
    private const int MaxEventBytes = 6_000_000;

    private readonly StreamCursor _cursor = new();
    private long _checkpoint;
    private volatile bool _idle;

    /// <summary>Every change of this lane up to here needs nothing more.</summary>
    public long Done
    {
        get
        {
            // In this order: a lane that is idle now is done with whatever its cursor was at before.
            var position = _cursor.Position;
            return _idle ? position : Volatile.Read(ref _checkpoint);
        }
    }

    /// <summary>The checkpoint on disk.</summary>
    public long Saved { get; set; }

    public int Number => number;

    public void StartAt(long position) => (_cursor.Position, _checkpoint, Saved) = (position, position, position);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await SeeThroughAsync(await NextBatchAsync(cancellationToken), cancellationToken);
        }
    }

    private bool IsWanted(ChangeRecord change) =>
        change.PartitionHash % (uint)options.ParallelizationFactor == number && options.Filter?.Invoke(change) != false;

    private async Task<StreamBatch> NextBatchAsync(CancellationToken cancellationToken)
    {
        var records = new List<ChangeRecord>();
        var bytes = 0L;
        var deadline = long.MaxValue;
        while (true)
        {
            var read = await log.ReadAsync(_cursor, IsWanted, options.BatchSize - records.Count);
            if (records.Count == 0 && read.Count > 0)
            {
                deadline = time.GetTimestamp() + (long)(options.MaximumBatchingWindow.TotalSeconds * time.TimestampFrequency);
            }

            foreach (var record in read)
            {
                bytes += StreamEvent.BytesOf(record);
                if (bytes > MaxEventBytes && records.Count > 0)
                {
                    _cursor.Position = records[^1].Sequence;
                    return new StreamBatch(records, 0, 0);
                }

                records.Add(record);
            }

            if (records.Count == options.BatchSize || (log.IsAtEnd(_cursor) && !await MoreAsync(records.Count, deadline, cancellationToken)))
            {
                return new StreamBatch(records, 0, 0);
            }
        }
    }

    /// <returns>False: the batch goes as it is.</returns>
    private async Task<bool> MoreAsync(int records, long deadline, CancellationToken cancellationToken)
    {
        if (records == 0)
        {
            Volatile.Write(ref _checkpoint, _cursor.Position);
            _idle = true;
            await log.WaitAsync(_cursor, IsWanted, Timeout.InfiniteTimeSpan, time, cancellationToken);
            Volatile.Write(ref _checkpoint, _cursor.Position);
            _idle = false;
            return true;
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), deadline);
        return left > TimeSpan.Zero && await log.WaitAsync(_cursor, IsWanted, left, time, cancellationToken);
    }

    private async Task SeeThroughAsync(StreamBatch whole, CancellationToken cancellationToken)
    {
        var left = new Stack<StreamBatch>([whole]);
        var failures = 0;
        while (left.TryPop(out var batch))
        {
            batch = await PassOverExpiredAsync(batch, cancellationToken);
            if (batch.Records.Count == 0)
            {
                continue;
            }

            var answer = await source.InvokeAsync(batch, cancellationToken);
            batch = batch with { Invocations = batch.Invocations + 1 };
            var succeeded = batch.Succeeded(answer, options.ReportBatchItemFailures);
            if (succeeded > 0)
            {
                await CheckpointAsync(batch.Records[succeeded - 1].Sequence);
                failures = 0;
            }

            if (succeeded < batch.Records.Count)
            {
                var again = await FailedAsync(batch.After(succeeded), progress: succeeded > 0, answer.Error is not null, left, cancellationToken);
                failures = again ? failures + 1 : 0;
                await BackOffAsync(failures, cancellationToken);
            }
        }
    }

    /// <returns>True: the same batch is to be passed again, after a pause.</returns>
    private async Task<bool> FailedAsync(StreamBatch batch, bool progress, bool functionError, Stack<StreamBatch> left, CancellationToken cancellationToken)
    {
        if (options.BisectBatchOnFunctionError && progress)
        {
            // Split where the function said.
            left.Push(batch);
        }
        else if (options.BisectBatchOnFunctionError && batch.Records.Count > 1)
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
            await GiveUpAsync(batch, FailedBatch.RetryAttemptsExhausted, functionError, cancellationToken);
        }

        return false;
    }

    /// <returns>What is left of the batch.</returns>
    private async Task<StreamBatch> PassOverExpiredAsync(StreamBatch batch, CancellationToken cancellationToken)
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
        await source.GiveUpAsync(batch, condition, functionError, cancellationToken);
        await CheckpointAsync(batch.Last.Sequence);
    }

    private async Task CheckpointAsync(long sequence)
    {
        await source.SaveCheckpointAsync(this, sequence);
        Volatile.Write(ref _checkpoint, sequence);
    }

    private Task BackOffAsync(int failures, CancellationToken cancellationToken)
    {
        if (failures == 0)
        {
            return Task.CompletedTask;
        }

        var longest = Math.Min(options.LongestBackoff.TotalMilliseconds, options.FirstBackoff.TotalMilliseconds * Math.Pow(2, failures - 1));
        double share;
        lock (random)
        {
            share = random.NextDouble();
        }

        // Half of it at random, so that lanes that failed together do not come back together.
        return Task.Delay(TimeSpan.FromMilliseconds((longest / 2) + (longest / 2 * share)), time, cancellationToken);
    }
}
