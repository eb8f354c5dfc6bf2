namespace DataToEvents.Generator.Sending;

/// <summary>Sends the records of a source by a plan. Several calls are in flight; a stream is in one of them at a time.</summary>
internal sealed class RecordSender(
    IRecordSink sink, IRecordSource source, Expectations expectations, LedgerWriter? ledger, SendTotals totals, TimeProvider time, Random jitter)
{
    /// <summary>How long the calls in flight may still take after the run was asked to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Returns when every record was accepted or given up on, or soon after <paramref name="stopping"/>; the totals have the outcome.</summary>
    /// <exception cref="TargetException">The target refuses this sender or answers no more; what was not sent yet stays unsent.</exception>
    public async Task SendAsync(SendPlan plan, CancellationToken stopping)
    {
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var grace = stopping.Register(() => abort.CancelAfter(Grace));
        var run = new SenderRun(new SenderParts(sink, source, expectations, totals, time), new Settlement(ledger, totals, new Backoff(jitter), time), plan, abort.Token);
        while (run.Step(stopping))
        {
            await run.WaitAsync(stopping);
        }

        if (run.Fatal is { } fault)
        {
            throw fault;
        }
    }
}
