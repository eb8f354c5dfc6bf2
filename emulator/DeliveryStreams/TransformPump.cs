namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>
/// Sends batches through the function. Batches start in order and their results are committed in order, however many are in flight. One
/// batch more than the function may have is in flight, so that a commit and the next invocation run at the same time.
/// </summary>
internal sealed class TransformPump : IDisposable
{
    private readonly BatchCutter _cutter;
    private readonly TransformInvoker _invoker;
    private readonly Func<TransformBatch, TransformResult, Task> _commit;
    private readonly Wake _wake;
    private readonly SemaphoreSlim _underWay;
    private readonly SemaphoreSlim _invoking;
    private readonly Stack<TransformBatch> _spare = [];
    private readonly Queue<long> _oldest = [];
    private readonly Lock _gate = new();
    private volatile bool _broken;

    public TransformPump(
        BatchCutter cutter, TransformInvoker invoker, DeliveryStreamOptions options, TimeProvider time, Func<TransformBatch, TransformResult, Task> commit)
    {
        (_cutter, _invoker, _commit) = (cutter, invoker, commit);
        _wake = new Wake(time);
        Done = new Watermark(_wake.Set);
        _underWay = new SemaphoreSlim(options.ConcurrentInvocations + 1);
        _invoking = new SemaphoreSlim(options.ConcurrentInvocations);
        for (var i = 0; i <= options.ConcurrentInvocations; i++)
        {
            _spare.Push(new TransformBatch(options.Transform.SizeInBytes, options.MaxRecordsPerInvocation));
        }
    }

    /// <summary>The rows of which all records are committed.</summary>
    public Watermark Done { get; }

    public long? OldestMs
    {
        get
        {
            lock (_gate)
            {
                return _oldest.TryPeek(out var oldest) ? oldest : _cutter.OldestMs;
            }
        }
    }

    public void Wake() => _wake.Set();

    public async Task RunAsync(CancellationToken stop)
    {
        var last = Task.CompletedTask;
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                if (last.IsFaulted)
                {
                    await last;
                }

                var due = _cutter.DueIn(Done.IsUrgent);
                if (due <= TimeSpan.Zero)
                {
                    last = await StartAsync(last, stop);
                    continue;
                }

                _wake.SetAfter(due);
                await _wake.SleepAsync(stop);
            }
        }
        finally
        {
            await last;
        }
    }

    public void Dispose()
    {
        _wake.Dispose();
        _underWay.Dispose();
        _invoking.Dispose();
    }

    private async Task<Task> StartAsync(Task before, CancellationToken stop)
    {
        // These waits are not cancelled: a stop ends the invocations, and each then releases its semaphores.
        await _underWay.WaitAsync(CancellationToken.None);
        await _invoking.WaitAsync(CancellationToken.None);
        if (_broken)
        {
            // The batch before has no result and is invoked again at the next start. This batch must not overtake it.
            await before;
        }

        TransformBatch batch;
        lock (_gate)
        {
            batch = _spare.Pop();
        }

        await _cutter.CutAsync(batch);
        lock (_gate)
        {
            _oldest.Enqueue(batch.OldestMs);
        }

        return FinishAsync(batch, before, stop);
    }

    private async Task FinishAsync(TransformBatch batch, Task before, CancellationToken stop)
    {
        try
        {
            await _commit(batch, await InvokeAsync(batch, before, stop));
            var end = batch.Records[^1];
            Done.Rise(end.Index == end.Row.Records - 1 ? end.Row.Id : end.Row.Id - 1);
        }
        finally
        {
            lock (_gate)
            {
                _oldest.Dequeue();
                _spare.Push(batch);
            }

            _underWay.Release();
            _wake.Set();
        }
    }

    private async Task<TransformResult> InvokeAsync(TransformBatch batch, Task before, CancellationToken stop)
    {
        try
        {
            return await _invoker.InvokeAsync(batch, stop);
        }
        catch
        {
            _broken = true;
            throw;
        }
        finally
        {
            _invoking.Release();
            await before;
        }
    }
}
