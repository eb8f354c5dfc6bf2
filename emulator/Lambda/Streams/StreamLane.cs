using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Streams;

/// <summary>
/// One lane of a stream event source: sees each batch of its items through before the next one, by success,
/// retries, halves, or the on-failure destination.
/// </summary>
internal sealed class StreamLane(int number, StreamEventSource source, StreamEventSourceOptions options, ChangeLog log, TimeProvider time, Random random)
{
    private readonly BackOff _backOff = new(options.FirstBackoff, options.LongestBackoff, random);
    private readonly StreamReader _reader = new(number, options, log, time);
    private long _checkpoint;

    /// <summary>Every change of this lane up to here needs nothing more.</summary>
    public long Done => _reader.IdleAt ?? Volatile.Read(ref _checkpoint);

    /// <summary>The checkpoint on disk.</summary>
    public long Saved { get; set; }

    public int Number => number;

    public void StartAt(long position) => (_reader.Position, _checkpoint, Saved) = (position, position, position);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await SeeThroughAsync(await _reader.NextAsync(cancellationToken), cancellationToken);
        }
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
                await Task.Delay(_backOff.After(failures), time, cancellationToken);
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
}
