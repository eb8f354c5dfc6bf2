namespace DataToEvents.Generator.Sending;

/// <param name="Count">Records to send.</param>
/// <param name="RecordsPerSecond">Null: as fast as the target takes them.</param>
/// <param name="Concurrency">Calls in flight, at least 1. With more than one, batches may overtake each other.</param>
internal sealed record SendPlan(long Count, double? RecordsPerSecond, int Concurrency);

/// <summary>Sends the records of a plan with several workers, each a batch at a time.</summary>
internal sealed class RecordSender(IRecordSink sink, Func<long, ReadOnlyMemory<byte>> record, SendTotals totals, TimeProvider time, Random jitter)
{
    /// <summary>How long calls under way may still take once the run was asked to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Returns when every record was accepted or given up on, or soon after <paramref name="stopping"/>; the totals have the outcome.</summary>
    /// <exception cref="TargetException">The target refuses this sender or answers no more; what was not sent yet stays unsent.</exception>
    public async Task SendAsync(SendPlan plan, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var grace = stop.Token.Register(() => abort.CancelAfter(Grace));

        var pace = new Pace(plan.Count, plan.RecordsPerSecond, time);
        var delivery = new Delivery(sink, new Backoff(jitter), totals, time);
        await Task.WhenAll(Enumerable.Range(0, plan.Concurrency).Select(_ => WorkAsync(pace, delivery, stop, abort.Token)));
    }

    private async Task WorkAsync(Pace pace, Delivery delivery, CancellationTokenSource stop, CancellationToken abort)
    {
        try
        {
            while (await pace.NextAsync(FirehoseLimits.MaxBatchRecords, stop.Token) is { Length: > 0 } due)
            {
                foreach (var batch in Batches.Pack(Records(due.From, due.Length)))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    await delivery.SendAsync(batch, stop.Token, abort);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, by the user or by a worker that met a fault: the totals tell what was done.
        }
        catch
        {
            // The others would meet the same fault.
            await stop.CancelAsync();
            throw;
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Records(long from, int length)
    {
        for (var i = from; i < from + length; i++)
        {
            yield return record(i);
        }
    }
}
